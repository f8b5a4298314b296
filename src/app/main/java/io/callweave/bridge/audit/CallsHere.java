package io.callweave.bridge.audit;

import io.callweave.audit.AuditDifference;
import io.callweave.audit.CallHere;
import io.callweave.record.ExcludedCalls;
import io.callweave.record.RecordHead;
import io.callweave.record.RecordedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the newest record of each call of an account that can have a session in a period, in any order. What is kept of a call
 * is what is compared.
 */
final class CallsHere {

    /** A call lasts no longer: its later sessions can start in the period. */
    private static final long LONGEST_CALL_MS = Duration.ofDays(1).toMillis();

    private final String account;
    private final long from;
    private final long to;
    private final Set<String> sessionsThere;
    private final ExcludedCalls excluded;
    private final Set<String> named;
    private final Map<String, Kept> newest = new HashMap<>();
    private final Map<String, String> elsewhere = new HashMap<>();

    /** @param call null if the record is superseded */
    private record Kept(RecordHead head, @Nullable CallHere call, boolean hidden) {}

    /**
     * @param from the start of the period, in milliseconds since the epoch
     * @param sessionsThere those of the log
     * @param excluded calls that nobody may see
     * @param named other accounts that may be named
     */
    CallsHere(
            String account, long from, long to, Set<String> sessionsThere, ExcludedCalls excluded, Set<String> named) {
        this.account = account;
        this.from = from;
        this.to = to;
        this.sessionsThere = sessionsThere;
        this.excluded = excluded;
        this.named = named;
    }

    /**
     * Takes a record.
     *
     * @return false if it is no call record
     */
    boolean take(byte[] value) {
        RecordHead head = RecordHead.read(value);
        if (head == null || head.status() == null) {
            return false;
        }
        if (!head.accountId().equals(account)) {
            if (sessionsThere.contains(head.callId()) && !head.superseded()) {
                elsewhere.put(
                        head.callId(), named.contains(head.accountId()) ? head.accountId() : AuditDifference.ANOTHER);
            }
            return true;
        }
        Kept before = newest.get(head.callId());
        if (before == null ? isOfPeriod(head) : head.isNewerThan(before.head())) {
            newest.put(head.callId(), kept(head, value));
        }
        return true;
    }

    private boolean isOfPeriod(RecordHead head) {
        Long start = head.startTime();
        return start != null && start >= from - LONGEST_CALL_MS && start < to + LONGEST_CALL_MS;
    }

    private Kept kept(RecordHead head, byte[] value) {
        if (head.superseded()) {
            return new Kept(head, null, false);
        }
        try {
            return new Kept(head, CallHere.of(RecordedCall.of(value).call()), excluded.excludes(value));
        } catch (IOException e) {
            throw new IllegalArgumentException("A call record is not JSON.", e);
        }
    }

    /** All that may be seen. */
    List<CallHere> calls() {
        return newest.values().stream()
                .filter(kept -> !kept.hidden())
                .map(Kept::call)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The sessions of calls that nobody may see. */
    Set<String> hidden() {
        Set<String> hidden = new HashSet<>();
        for (Kept kept : newest.values()) {
            CallHere call = kept.call();
            if (kept.hidden() && call != null) {
                call.sessions().forEach(session -> hidden.add(session.telephonySessionId()));
            }
        }
        return hidden;
    }

    /** The accounts of calls of others that the log has, by session. */
    Map<String, String> elsewhere() {
        return elsewhere;
    }
}
