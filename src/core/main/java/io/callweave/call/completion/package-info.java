/** Decides when a call is over. */
@NullMarked
package io.callweave.call.completion;

import org.jspecify.annotations.NullMarked;
