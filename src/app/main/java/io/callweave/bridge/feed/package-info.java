/** What transports share that fetch notifications: which accounts they fetch, what waits for safekeeping, and gaps. */
@NullMarked
package io.callweave.bridge.feed;

import org.jspecify.annotations.NullMarked;
