/** Who handed a call on to whom, and which numbers this brought in. */
@NullMarked
package io.callweave.call.transfer;

import org.jspecify.annotations.NullMarked;
