package io.callweave.simulation;

import org.jspecify.annotations.Nullable;

/** {@code status.peerId} as it is sent; null is not sent. */
record PeerRef(
        @Nullable String telephonySessionId,
        @Nullable String sessionId,
        @Nullable String partyId) {}
