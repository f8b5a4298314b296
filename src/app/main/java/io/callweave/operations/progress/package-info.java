/** Watches whether the work of an instance moves. */
@NullMarked
package io.callweave.operations.progress;

import org.jspecify.annotations.NullMarked;
