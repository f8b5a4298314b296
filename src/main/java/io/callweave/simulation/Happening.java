package io.callweave.simulation;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a party, as the platform numbered and stamped it.
 *
 * @param time by the clock of the session's server
 * @param peer the party that this event names, null if none
 * @param seenBy the accounts to which it is sent
 */
record Happening(
        long sequence,
        Instant time,
        String status,
        @Nullable String reason,
        @Nullable Leg peer,
        Set<Account> seenBy,
        Contact from,
        Contact to,
        boolean muted) {}
