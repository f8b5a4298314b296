package io.callweave.call;

import io.callweave.checks.Check;

/**
 * The limits of one call. Real calls stay far below them. Without limits, one runaway call could block its partition.
 *
 * @param sessionEvents the most party events that are kept for a session
 * @param callSessions the most sessions that are joined into a call, including those that were never seen
 * @param callEvents the most party events that are kept for a call of several sessions
 * @param callParties the most parties that are kept for a call
 * @param callBytes the most bytes that the party events of a call may take in the store, which also limits the work of
 *     a fold
 * @param recordBytes the largest size of a record; a larger one leaves its parties out
 * @param spacedEvents from so many party events on, a call that was emitted is revised at most once a second for each time
 *     that it has so many
 */
public record CallLimits(
        int sessionEvents,
        int callSessions,
        int callEvents,
        int callParties,
        long callBytes,
        int recordBytes,
        int spacedEvents) {

    public static final CallLimits DEFAULT = new CallLimits(2_000, 100, 5_000, 4 << 20);

    private static final int PARTIES = 1_000;
    private static final long BYTES = 4L << 20;

    /** Real calls have tens. */
    private static final int SPACED = 250;

    public CallLimits {
        Check.atLeast("limits.session-events", 1, sessionEvents);
        Check.atLeast("limits.call-sessions", 1, callSessions);
        Check.atLeast("limits.call-events", 1, callEvents);
        Check.atLeast("limits.call-parties", 1, callParties);
        Check.atLeast("The bytes of a call", 1, callBytes);
        Check.atLeast("The bytes of a record", 1, recordBytes);
        Check.atLeast("The events of a call that is revised less often", 1, spacedEvents);
    }

    /** Limits with the default number of parties, bytes and events that space out revisions. */
    public CallLimits(int sessionEvents, int callSessions, int callEvents, int recordBytes) {
        this(sessionEvents, callSessions, callEvents, PARTIES, BYTES, recordBytes, SPACED);
    }
}
