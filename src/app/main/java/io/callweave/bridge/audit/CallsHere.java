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

    /** Of a call of which nothing but its revision is kept, without its id. */
    private static final int HEAD = 400;

    private final String account;
    private final Auditor.Period period;
    private final Set<String> sessionsThere;
    private final ExcludedCalls excluded;
    private final Set<String> named;
    private final HeapShare share;
    private final Map<String, Kept> newest = new HashMap<>();
    private final Map<String, String> elsewhere = new HashMap<>();

    /** @param call null if the record is superseded, or has no session that is compared */
    private record Kept(RecordHead head, @Nullable CallHere call, boolean hidden) {

        /** In bytes; about. */
        long memory() {
            return HEAD + 2L * head.callId().length() + (call == null ? 0 : call.memory());
        }
    }

    /**
     * @param sessionsThere those of the log
     * @param excluded calls that nobody may see
     * @param named other accounts that may be named
     * @param share counts what is kept
     */
    CallsHere(
            String account,
            Auditor.Period period,
            Set<String> sessionsThere,
            ExcludedCalls excluded,
            Set<String> named,
            HeapShare share) {
        this.account = account;
        this.period = period;
        this.sessionsThere = sessionsThere;
        this.excluded = excluded;
        this.named = named;
        this.share = share;
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
            Kept now = kept(head, value);
            share.take(now.memory() - (before == null ? 0 : before.memory()));
            newest.put(head.callId(), now);
        }
        return true;
    }

    private boolean isOfPeriod(RecordHead head) {
        Long start = head.startTime();
        return start != null && start >= period.from() - LONGEST_CALL_MS && start < period.to() + LONGEST_CALL_MS;
    }

    private Kept kept(RecordHead head, byte[] value) {
        if (head.superseded()) {
            return new Kept(head, null, false);
        }
        try {
            CallHere call = CallHere.of(RecordedCall.of(value).call());
            return call.sessions().stream().anyMatch(this::isCompared)
                    ? new Kept(head, call, excluded.excludes(value))
                    : new Kept(head, null, false);
        } catch (IOException e) {
            throw new IllegalArgumentException("A call record is not JSON.", e);
        }
    }

    private boolean isCompared(CallHere.Session session) {
        return (session.startTime() >= period.from() && session.startTime() < period.to())
                || sessionsThere.contains(session.telephonySessionId());
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
