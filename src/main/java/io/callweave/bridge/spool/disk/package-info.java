/** The queue on disk, and what is done when its files are damaged. */
@NullMarked
package io.callweave.bridge.spool.disk;

import org.jspecify.annotations.NullMarked;
