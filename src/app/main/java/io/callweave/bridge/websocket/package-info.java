/** Notifications over RingCentral's WebSocket gateway: no public address is needed. */
@NullMarked
package io.callweave.bridge.websocket;

import org.jspecify.annotations.NullMarked;
