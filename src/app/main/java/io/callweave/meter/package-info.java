/** How metrics are described. */
@NullMarked
package io.callweave.meter;

import org.jspecify.annotations.NullMarked;
