/** How notifications go out, with faults. */
@NullMarked
package io.callweave.platform.delivery;

import org.jspecify.annotations.NullMarked;
