/** Callweave in one process: an embedded broker, and runs over files. */
@NullMarked
package io.callweave.local;

import org.jspecify.annotations.NullMarked;
