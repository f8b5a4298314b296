/** Watches whether the work of an instance moves. */
@NullMarked
package io.callweave.runtime.progress;

import org.jspecify.annotations.NullMarked;
