/** How notifications go out, and what goes wrong on the way. */
@NullMarked
package io.callweave.platform.delivery;

import org.jspecify.annotations.NullMarked;
