package io.callweave.audit;

import io.callweave.audit.AuditDifference.FieldDifference;
import io.callweave.audit.AuditDifference.Kind;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.value.Timestamps;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a comparison of calls with the Call Log, session by session. It depends on no order.
 *
 * @param counts sessions of each kind
 * @param notEnded sessions that ended too late to be compared, or have not ended
 * @param differences by start, then session; none of what is equal
 */
public record Audit(Map<Kind, Long> counts, long notEnded, List<AuditDifference> differences) {

    /** Clocks of RingCentral's servers differ by as much, and the log has whole seconds in places. */
    private static final long START_TOLERANCE_MS = 1_000;

    private static final long LENGTH_TOLERANCE_MS = 2_000;

    /** The log has no call with less talk (RingCentral's guide "Calculating call time metrics"). */
    private static final long SHORTEST_MS = 500;

    /** A session that no call has, and of which the log does not say after so long that it ended, is stuck there. */
    private static final long STUCK_MS = 86_400_000;

    /**
     * What is compared.
     *
     * @param from sessions that start then or later, in milliseconds since the epoch, as all times here
     * @param to and before this
     * @param settledBefore only sessions that ended earlier; also, an entry that was changed later may still change
     * @param gaps in which notifications of the account may be missing
     * @param elsewhere the accounts of calls of other accounts, by session
     */
    public record Question(
            String accountId,
            long from,
            long to,
            long settledBefore,
            Collection<FeedGapJson.Span> gaps,
            Map<String, String> elsewhere) {}

    public Audit {
        counts = Map.copyOf(counts);
        differences = List.copyOf(differences);
    }

    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** How many sessions were compared. */
    public long compared() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How many sessions can show whether calls are as the log says: of those that are complete here and settled there. */
    public long comparable() {
        return compared() - count(Kind.PARTIAL) - count(Kind.UNSETTLED);
    }

    /** How many sessions are not as the log says. */
    public long wrong() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey().isWrong())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /**
     * Compares.
     *
     * @param calls of the account: the newest record of each, none that is superseded
     * @param entries of the account's log; can have older copies of an entry
     */
    public static Audit of(Question question, Collection<CallHere> calls, Collection<LogEntry> entries) {
        Map<String, Pair> pairs = new HashMap<>();
        for (CallHere call : calls) {
            for (CallHere.Session session : call.sessions()) {
                pairs.computeIfAbsent(session.telephonySessionId(), id -> new Pair())
                        .here
                        .add(new Here(call, session));
            }
        }
        for (LogEntry entry : newest(entries)) {
            String session = entry.telephonySessionId();
            if (session != null) {
                pairs.computeIfAbsent(session, id -> new Pair()).there.add(entry);
            }
            for (String leg : entry.legSessions()) {
                Pair pair = pairs.get(leg);
                if (pair != null) {
                    pair.inLeg = true;
                }
            }
        }
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        List<AuditDifference> differences = new ArrayList<>();
        long notEnded = 0;
        for (Map.Entry<String, Pair> each : pairs.entrySet()) {
            Pair pair = each.getValue();
            pair.sort();
            if (pair.start() < question.from() || pair.start() >= question.to()) {
                continue;
            }
            Long end = pair.end();
            if ((end == null ? pair.start() + STUCK_MS : end) >= question.settledBefore()) {
                notEnded++;
                continue;
            }
            AuditDifference compared = pair.compare(each.getKey(), question);
            counts.merge(compared.kind(), 1L, Long::sum);
            if (compared.kind() != Kind.EQUAL) {
                differences.add(compared);
            }
        }
        differences.sort(Comparator.comparingLong(AuditDifference::startTime)
                .thenComparing(AuditDifference::telephonySessionId));
        return new Audit(counts, notEnded, differences);
    }

    private static Collection<LogEntry> newest(Collection<LogEntry> entries) {
        return entries.stream()
                .collect(Collectors.toMap(
                        LogEntry::id,
                        entry -> entry,
                        BinaryOperator.maxBy(Comparator.comparingLong(LogEntry::lastModified)
                                // Of one change there can be no two; then any, but always the same.
                                .thenComparing(LogEntry::toString))))
                .values();
    }

    private record Here(CallHere call, CallHere.Session session) {

        /** The log's record of the first session has what the call is; of the later ones only their times are known to mean the same. */
        boolean isFirst() {
            return session.telephonySessionId().equals(call.callId());
        }

        long length() {
            return session.endTime() - session.startTime();
        }
    }

    /** What is known of one session on both sides. */
    private static final class Pair {

        private final List<Here> here = new ArrayList<>();
        private final List<LogEntry> there = new ArrayList<>();

        /** The log can have a later session, such as a RingOut's, only as a leg of the record of the first. */
        private boolean inLeg;

        private void sort() {
            here.sort(Comparator.comparing(each -> each.call().callId()));
            there.sort(Comparator.comparingLong(LogEntry::startTime).thenComparing(LogEntry::id));
        }

        private long start() {
            return here.isEmpty()
                    ? there.stream().mapToLong(LogEntry::startTime).min().orElseThrow()
                    : here.get(0).session().startTime();
        }

        /** Null if it goes on, as far as can be told. */
        private @Nullable Long end() {
            if (!here.isEmpty()) {
                return here.stream()
                        .mapToLong(each -> each.session().endTime())
                        .max()
                        .orElseThrow();
            }
            Long last = null;
            for (LogEntry entry : there) {
                Long length = entry.durationMs();
                if (length == null || entry.isUnsettled()) {
                    return null;
                }
                long end = entry.startTime() + length;
                last = last == null ? end : Math.max(last, end);
            }
            return last;
        }

        private AuditDifference compare(String session, Question question) {
            List<FieldDifference> fields = here.isEmpty() || there.isEmpty() ? List.of() : fields();
            CallHere call = here.isEmpty() ? null : here.get(0).call();
            long start = start();
            Long end = end();
            boolean inGap = question.gaps().stream()
                    .anyMatch(gap -> gap.accountId().equals(question.accountId())
                            && gap.from() <= (end == null ? start : end)
                            && gap.to() >= start);
            return new AuditDifference(
                    kind(question, fields),
                    question.accountId(),
                    session,
                    call == null ? null : call.callId(),
                    start,
                    inGap,
                    here.isEmpty() ? question.elsewhere().get(session) : null,
                    there.stream().map(LogEntry::id).toList(),
                    fields);
        }

        private Kind kind(Question question, List<FieldDifference> fields) {
            if (here.isEmpty()) {
                return end() == null ? Kind.UNSETTLED : Kind.ONLY_THERE;
            }
            if (there.isEmpty()) {
                return inLeg || here.get(0).length() < SHORTEST_MS ? Kind.EQUAL : Kind.ONLY_HERE;
            }
            if (there.stream().anyMatch(LogWords::isUnsettled)
                    || (!fields.isEmpty()
                            && there.stream().anyMatch(entry -> entry.lastModified() >= question.settledBefore()))) {
                return Kind.UNSETTLED;
            }
            if (here.stream().anyMatch(each -> each.call().partial())) {
                return Kind.PARTIAL;
            }
            return fields.isEmpty() ? Kind.EQUAL : Kind.DIFFERS;
        }

        private List<FieldDifference> fields() {
            List<FieldDifference> closest = there.stream()
                    .map(entry -> fields(here.get(0), entry))
                    .min(Comparator.comparingInt(List::size))
                    .orElseThrow();
            if (here.size() > 1 || isDoubled()) {
                return List.of(several("doubled"));
            }
            return !closest.isEmpty() && isCut() ? List.of(several("cut")) : closest;
        }

        private static List<FieldDifference> fields(Here ours, LogEntry entry) {
            List<FieldDifference> fields = new ArrayList<>();
            CallHere call = ours.call();
            long start = ours.session().startTime();
            if (Math.abs(start - entry.startTime()) > START_TOLERANCE_MS) {
                fields.add(new FieldDifference("startTime", Timestamps.iso(start), Timestamps.iso(entry.startTime())));
            }
            Long length = entry.durationMs();
            if (length == null || Math.abs(ours.length() - length) > LENGTH_TOLERANCE_MS) {
                fields.add(new FieldDifference(
                        "durationMs", Long.toString(ours.length()), length == null ? null : Long.toString(length)));
            }
            if (ours.isFirst()) {
                of(call, entry, fields);
            }
            return fields;
        }

        private static void of(CallHere call, LogEntry entry, List<FieldDifference> fields) {
            if (!LogWords.isSameDirection(call, entry.direction())) {
                fields.add(new FieldDifference("direction", call.direction(), entry.direction()));
            }
            if (!LogWords.isSameResult(call.outcome().result(), entry.result())) {
                fields.add(new FieldDifference("result", call.outcome().result(), entry.result()));
            }
            if (!LogWords.isSameParty(call.from(), entry.from())) {
                fields.add(new FieldDifference("from", LogWords.shown(call.from()), LogWords.shown(entry.from())));
            }
            if (!LogWords.isSameParty(call.to(), entry.to())) {
                fields.add(new FieldDifference("to", LogWords.shown(call.to()), LogWords.shown(entry.to())));
            }
            String extension = entry.extensionId();
            if (extension != null
                    && !call.extensions().isEmpty()
                    && !call.extensions().contains(extension)) {
                fields.add(new FieldDifference(
                        "extensionId", String.join(" ", new TreeSet<>(call.extensions())), extension));
            }
        }

        private boolean isDoubled() {
            Map<String, LogEntry> last = new HashMap<>();
            for (LogEntry entry : there) {
                LogEntry before = last.put(side(entry), entry);
                if (before != null && entry.startTime() - before.startTime() <= START_TOLERANCE_MS) {
                    return true;
                }
            }
            return false;
        }

        /** Whether one begins where an earlier one ends. */
        private boolean isCut() {
            Map<String, Long> firstEnd = new HashMap<>();
            for (LogEntry entry : there) {
                if (entry.startTime() >= firstEnd.getOrDefault(side(entry), Long.MAX_VALUE)) {
                    return true;
                }
                Long length = entry.durationMs();
                if (length != null && length > LENGTH_TOLERANCE_MS) {
                    firstEnd.merge(side(entry), entry.startTime() + length - LENGTH_TOLERANCE_MS, Math::min);
                }
            }
            return false;
        }

        /** Two records of one side of a call are too many. A session can have a record of each extension that took part. */
        private static String side(LogEntry entry) {
            return entry.direction() + "/" + entry.extensionId();
        }

        /** More than one record for a session: one after the other, or the same one twice. */
        private FieldDifference several(String how) {
            return new FieldDifference(
                    how,
                    here.stream().map(each -> each.call().callId()).sorted().collect(Collectors.joining(" ")),
                    there.stream().map(LogEntry::id).collect(Collectors.joining(" ")));
        }
    }

    /** The sessions that entries name. */
    public static Set<String> sessions(Collection<LogEntry> entries) {
        Set<String> sessions = new HashSet<>();
        for (LogEntry entry : entries) {
            String session = entry.telephonySessionId();
            if (session != null) {
                sessions.add(session);
            }
        }
        return sessions;
    }
}
