/** The queue on disk, and its recovery. */
@NullMarked
package io.callweave.bridge.spool.disk;

import org.jspecify.annotations.NullMarked;
