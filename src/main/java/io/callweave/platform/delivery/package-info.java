/** How notifications go out: to webhooks and WebSockets, late, twice, in another order, or never. */
@NullMarked
package io.callweave.platform.delivery;

import org.jspecify.annotations.NullMarked;
