package io.callweave.topology.feedgap;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.SessionRecord;
import org.jspecify.annotations.Nullable;

/** The gaps that are known now. */
@FunctionalInterface
public interface KnownGaps {

    /** Knows none. */
    KnownGaps NONE = (accountId, from, to) -> null;

    /** Notifications arrive after their event, and the clocks of RingCentral and the bridge differ: INFER, nobody documents it. */
    long MARGIN_MS = 60_000;

    /**
     * The earliest gap of the account that has a moment in common with this time, both ends included.
     *
     * @param from in milliseconds since the epoch, as {@code to}
     * @return the key of its record; null if there is none
     */
    @Nullable
    String overlapping(String accountId, long from, long to);

    /**
     * The earliest gap that a session of the call overlaps, with a {@linkplain #MARGIN_MS margin}. A session with a party that
     * is not over goes on.
     *
     * @return the key of its record; null if there is none
     */
    default @Nullable String of(CallRecord call) {
        if (this == NONE) {
            return null;
        }
        String earliest = null;
        for (SessionRecord session : call.sessions()) {
            long end = isOver(session, call) ? session.endTime() + MARGIN_MS : Long.MAX_VALUE;
            String found = overlapping(call.accountId(), session.startTime() - MARGIN_MS, end);
            if (found != null && (earliest == null || found.compareTo(earliest) < 0)) {
                earliest = found;
            }
        }
        return earliest;
    }

    /** Of a record without parties it is not known. */
    private static boolean isOver(SessionRecord session, CallRecord call) {
        return !call.parties().isEmpty()
                && call.parties().stream()
                        .filter((PartyRecord party) ->
                                party.ref().telephonySessionId().equals(session.telephonySessionId()))
                        .allMatch(party -> party.endTime() != null);
    }
}
