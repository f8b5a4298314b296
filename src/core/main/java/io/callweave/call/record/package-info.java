/** The final record of a call. */
@NullMarked
package io.callweave.call.record;

import org.jspecify.annotations.NullMarked;
