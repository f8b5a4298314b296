package io.callweave.call.fact;

import org.jspecify.annotations.Nullable;

/** How the session is found that a later fact belongs to. */
public sealed interface FactPlace {

    /** The notification names the session. */
    record InSession(String telephonySessionId) implements FactPlace {}

    /** The session with a party event that names the recording; of several, that with the earliest event. */
    record NamedByEvent() implements FactPlace {}

    /**
     * The session with a party event that names the message; else the only one that fits.
     *
     * @param extensionId whose mailbox it is
     * @param createdAt in milliseconds since the epoch
     * @param callerNumber null if it was not sent
     */
    record Mailbox(
            String extensionId, long createdAt, @Nullable String callerNumber) implements FactPlace {

        /** A message is created when its caller has hung up, within seconds; clocks of servers differ. INFER. */
        public static final long ENDED_BEFORE_MS = 120_000;

        /** How much later than that a party may end. */
        public static final long ENDED_AFTER_MS = 5_000;
    }
}
