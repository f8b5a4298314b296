/** RingCentral's WebSocket gateway: one connection, and the frames on it. */
@NullMarked
package io.callweave.ringcentral.gateway;

import org.jspecify.annotations.NullMarked;
