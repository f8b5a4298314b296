package io.callweave.topology.feedgap;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.SessionRecord;
import java.util.Set;
import java.util.stream.Collectors;
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
        String account = call.accountId();
        if (overlapping(account, call.times().startTime() - MARGIN_MS, Long.MAX_VALUE) == null) {
            return null; // nearly always
        }
        Set<String> goOn = call.parties().stream()
                .filter(party -> party.endTime() == null)
                .map(party -> party.ref().telephonySessionId())
                .collect(Collectors.toUnmodifiableSet());
        String earliest = null;
        for (SessionRecord session : call.sessions()) {
            // A record without parties does not tell.
            boolean isOver = !call.parties().isEmpty() && !goOn.contains(session.telephonySessionId());
            long end = isOver ? session.endTime() + MARGIN_MS : Long.MAX_VALUE;
            String found = overlapping(account, session.startTime() - MARGIN_MS, end);
            if (found != null && (earliest == null || found.compareTo(earliest) < 0)) {
                earliest = found;
            }
        }
        return earliest;
    }
}
