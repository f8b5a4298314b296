package io.callweave.simulation.platform;

import org.jspecify.annotations.Nullable;

/** {@code status.peerId} as it is sent; null if it is not sent. */
public record PeerRef(
        @Nullable String telephonySessionId,
        @Nullable String sessionId,
        @Nullable String partyId) {}
