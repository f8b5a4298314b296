/** RingCentral's WebSocket gateway, with recovery. */
@NullMarked
package io.callweave.platform.websocket;

import org.jspecify.annotations.NullMarked;
