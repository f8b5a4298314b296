package io.callweave.topology.feedgap;

import io.callweave.call.event.Status;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.call.session.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gaps that are known now. */
public interface KnownGaps {

    /** Knows none. */
    KnownGaps NONE = new KnownGaps() {
        @Override
        public @Nullable String overlapping(String accountId, long from, long to) {
            return null;
        }

        @Override
        public List<Arrival> after(long number) {
            return List.of();
        }
    };

    /** Notifications arrive after their event, and the clocks of RingCentral and the bridge differ: INFER, nobody documents it. */
    long MARGIN_MS = 60_000;

    /** INFER: nobody listens to a call for longer. */
    long SUPERVISION_MS = 4 * 60 * 60_000;

    /**
     * A gap, as it became known.
     *
     * @param number counts the arrivals
     * @param from in milliseconds since the epoch, as {@code to}
     */
    record Arrival(long number, String accountId, long from, long to) {}

    /**
     * The earliest gap of the account that has a moment in common with this time, both ends included.
     *
     * @param from in milliseconds since the epoch, as {@code to}
     * @return the key of its record; null if there is none
     */
    @Nullable
    String overlapping(String accountId, long from, long to);

    /** The arrivals after this one, in order; 0 for all. */
    List<Arrival> after(long number);

    /**
     * The earliest gap that a session of the call overlaps, with a {@linkplain #MARGIN_MS margin}. A session with a party that
     * is not over goes on; one with a supervisor who listens, for {@linkplain #SUPERVISION_MS hours}.
     *
     * @return the key of its record; null if there is none
     */
    default @Nullable String of(CallRecord call) {
        String account = call.accountId();
        if (overlapping(account, call.times().startTime() - MARGIN_MS, Long.MAX_VALUE) == null) {
            return null; // nearly always
        }
        if (call.isBackfilled()) {
            return overlapping(
                    account, call.times().startTime() - MARGIN_MS, call.times().endTime() + MARGIN_MS);
        }
        String earliest = null;
        for (SessionRecord session : call.sessions()) {
            String found = overlapping(account, session.startTime() - MARGIN_MS, end(session, call.parties()));
            if (found != null && (earliest == null || found.compareTo(earliest) < 0)) {
                earliest = found;
            }
        }
        return earliest;
    }

    /** Until when events of a session can have been on their way. */
    private static long end(SessionRecord session, List<PartyRecord> parties) {
        if (parties.isEmpty()) {
            return Long.MAX_VALUE; // a record without parties does not tell
        }
        long end = session.endTime() + MARGIN_MS;
        for (PartyRecord party : parties) {
            if (party.ref().telephonySessionId().equals(session.telephonySessionId())) {
                if (party.endTime() == null) {
                    return Long.MAX_VALUE;
                }
                end = listens(party) ? Math.max(end, party.endTime() + SUPERVISION_MS) : end;
            }
        }
        return end;
    }

    /** INFER: a supervisor is Gone when the supervision begins, and Disconnected when it ends. */
    private static boolean listens(PartyRecord party) {
        return party.role() == Role.SUPERVISOR
                && party.segments().get(party.segments().size() - 1).status().equals(Status.GONE);
    }
}
