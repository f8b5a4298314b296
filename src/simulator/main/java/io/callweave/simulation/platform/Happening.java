package io.callweave.simulation.platform;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event of a party, with the number and the time that the platform gave it.
 *
 * @param time by the clock of the session's server
 * @param peer the party that this event names, null if none
 * @param seenBy the accounts that receive it
 * @param sipCallId the SIP Call-ID that the party's own account receives, null if none
 */
public record Happening(
        long sequence,
        Instant time,
        String status,
        @Nullable String reason,
        @Nullable SimulatedLeg peer,
        Set<SimulatedAccount> seenBy,
        Contact from,
        Contact to,
        boolean muted,
        @Nullable String sipCallId) {}
