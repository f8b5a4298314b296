/** Who handed a call to whom, and the numbers of a call. */
@NullMarked
package io.callweave.call.transfer;

import org.jspecify.annotations.NullMarked;
