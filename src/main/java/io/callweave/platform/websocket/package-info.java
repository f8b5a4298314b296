/** RingCentral's WebSocket gateway: connections, frames, timeouts, and sessions that can be recovered. */
@NullMarked
package io.callweave.platform.websocket;

import org.jspecify.annotations.NullMarked;
