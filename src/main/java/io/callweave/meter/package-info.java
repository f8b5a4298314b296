/** How metrics are described, whatever part of the product they are of. */
@NullMarked
package io.callweave.meter;

import org.jspecify.annotations.NullMarked;
