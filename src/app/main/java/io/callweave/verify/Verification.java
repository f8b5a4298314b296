package io.callweave.verify;

import io.callweave.export.ExportPeriod;
import io.callweave.export.ExportProgress;
import io.callweave.files.LocalException;
import io.callweave.record.ExcludedCalls;
import io.callweave.record.RecordHead;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.verify.Difference.Kind;
import io.callweave.verify.Hours.Hour;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Compares a table with the topic of calls: hour by hour by the digests of windows, and row by row where these differ. Memory does
 * not grow with the number of calls.
 */
public final class Verification {

    /** A record is emitted after its call began; clocks may differ by as much. */
    private static final long CLOCKS_MS = TimeUnit.DAYS.toMillis(1);

    private final Question question;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private final SortedSet<String> changing = new TreeSet<>();
    private long rows;
    private long hours;
    private long compared;
    private long excluded;
    private long expiredHours;
    /** When the first window begins. */
    private long unproven;

    private boolean unprovenCalls;

    /**
     * What is compared, and with what.
     *
     * @param period only calls that start in it
     * @param account only calls of this one; null for all
     * @param everyRow whether to trust no digest
     * @param changingSince records that were emitted at this time or later may not be in the table yet, in milliseconds since
     *     the epoch
     * @param keptSince the topic may not have records that were emitted earlier, in milliseconds since the epoch
     * @param excluded calls that nobody may see: they are not missing
     * @param prefix of the topics
     */
    public record Question(
            ExportPeriod period,
            @Nullable String account,
            boolean everyRow,
            long changingSince,
            long keptSince,
            ExcludedCalls excluded,
            String prefix) {

        private boolean takes(RecordHead call) {
            Long start = call.startTime();
            return start != null && period.contains(start) && (account == null || account.equals(call.accountId()));
        }
    }

    /** Takes differences. */
    @FunctionalInterface
    public interface Taker {
        void take(Difference difference) throws IOException;
    }

    public Verification(Question question) {
        this.question = question;
    }

    /**
     * Compares them.
     *
     * @param differences gets each, sorted by account and call
     * @throws LocalException if one of them cannot be read; one sentence
     */
    public void run(OwnTable table, TopicReader topics, ExportProgress progress, Taker differences) throws IOException {
        Hours all = new Hours();
        try (Pairs pairs = new Pairs()) {
            table.read(row -> {
                rows++;
                progress.at(rows + " rows read", rows, 0);
                if (question.takes(row)) {
                    own(row, pairs, all);
                }
            });
            topics.readByPartition(Topic.WINDOW_METRICS.name(question.prefix()), read -> {
                progress.at("windows read", read.offset(), 0);
                if (read.key() != null) {
                    all.window(read);
                }
            });
            Set<Hour> known = of(all.all());
            Set<Hour> different = of(question.everyRow() ? all.all() : all.different());
            // Before the first window, and without any, only rows tell what is missing.
            unproven = question.everyRow() ? Long.MAX_VALUE : all.firstWindow();
            hours = known.size();
            compared = different.size();
            Predicate<RecordHead> wanted = call -> {
                Hour hour = Hour.of(call);
                return question.takes(call) && (hour.start() < unproven || different.contains(hour));
            };
            long[] read = {0};
            scan(topics, different, record -> {
                progress.at(++read[0] + " records compared", read[0], 0);
                ours(record, pairs, wanted);
            });
            Set<Hour> proven = new HashSet<>();
            pairs.<IOException>each(pair -> difference(pair, wanted, proven, differences));
            expiredHours = different.stream()
                    .filter(hour -> hour.start() < question.keptSince() && all.hasRows(hour) && !proven.contains(hour))
                    .count();
        }
    }

    /** Reads the records of the calls before a time, and of those that start in certain hours, and maybe others. */
    private void scan(TopicReader topics, Set<Hour> different, TopicReader.Sink<RuntimeException> records) {
        String calls = Topic.CALLS.name(question.prefix());
        long from = different.stream().mapToLong(Hour::start).min().orElse(Long.MAX_VALUE) - CLOCKS_MS;
        long early = unproven == Long.MAX_VALUE ? unproven : unproven + CLOCKS_MS;
        topics.readByPartition(calls, Long.MIN_VALUE, early, records);
        // A record of a call before the first window may not be the newest.
        long rest = unprovenCalls ? early : Math.max(early, from);
        if (rest < Long.MAX_VALUE - CLOCKS_MS) {
            topics.readByPartition(calls, rest, Long.MAX_VALUE, records);
        }
    }

    /** A table can have several revisions of a call: the newest counts. */
    private static void own(RecordHead row, Pairs pairs, Hours all) {
        RecordHead before = pairs.get(row).own();
        if (before != null && !row.isNewerThan(before)) {
            return;
        }
        if (before != null && !before.superseded()) {
            all.remove(before);
        }
        if (!row.superseded()) {
            all.add(row);
        }
        pairs.put(row, new Pairs.Pair(row, null, false, 0));
    }

    private Set<Hour> of(Set<Hour> hours) {
        return hours.stream()
                .filter(hour -> question.account() == null || question.account().equals(hour.accountId()))
                .filter(hour -> question.period().overlaps(hour.start(), hour.end()))
                .collect(Collectors.toSet());
    }

    private void ours(ConsumerRecord<byte[], byte[]> read, Pairs pairs, Predicate<RecordHead> wanted) {
        RecordHead head = read.value() == null ? null : RecordHead.read(read.value());
        if (head == null) {
            return;
        }
        unprovenCalls |= question.takes(head) && Hour.of(head).start() < unproven;
        Pairs.Pair pair = pairs.get(head);
        // A revision may begin in another hour than the earlier revisions. It still replaces them.
        if (pair.equals(Pairs.Pair.NOTHING) && !wanted.test(head)) {
            return;
        }
        if (pair.ours() == null || head.isNewerThan(pair.ours())) {
            boolean hidden = question.excluded().excludes(read.value());
            pairs.put(head, new Pairs.Pair(pair.own(), head, hidden, read.timestamp()));
        }
    }

    private void difference(Pairs.Pair pair, Predicate<RecordHead> wanted, Set<Hour> proven, Taker differences)
            throws IOException {
        RecordHead own = pair.own();
        RecordHead ours = pair.ours();
        if (ours != null) {
            proven.add(Hour.of(ours));
        }
        if ((ours == null || !wanted.test(ours)) && (own == null || !wanted.test(own))) {
            return;
        }
        Kind kind = kind(own, ours);
        if (kind == null) {
            return;
        }
        if (pair.excluded()) {
            excluded++;
            return;
        }
        if (ours != null && pair.emittedAt() >= question.changingSince()) {
            kind = Kind.CHANGING;
            changing.add(Hour.of(ours).toString());
        }
        counts.merge(kind, 1L, Long::sum);
        differences.take(new Difference(kind, own, ours));
    }

    private @Nullable Kind kind(@Nullable RecordHead own, @Nullable RecordHead ours) {
        if (ours == null) {
            if (own == null || own.superseded()) {
                return null;
            }
            return own.startTime() != null && own.startTime() < question.keptSince() ? Kind.EXPIRED : Kind.UNKNOWN;
        }
        if (own == null) {
            return ours.superseded() ? null : Kind.MISSING;
        }
        if (own.isNewerThan(ours)) {
            return Kind.UNKNOWN;
        }
        if (ours.superseded()) {
            return own.superseded() ? null : Kind.SUPERSEDED;
        }
        return ours.isNewerThan(own) ? Kind.OLD : null;
    }

    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Whether the table holds all calls, and each is the newest, as far as that can be told. */
    public boolean isRight() {
        return counts.keySet().stream().noneMatch(Kind::isWrong);
    }

    /** The hours with calls that change still, such as {@code 809646016 2026-03-02T12:00:00Z}. */
    public SortedSet<String> changing() {
        return changing;
    }

    /** Rows of the table. */
    public long rows() {
        return rows;
    }

    /** Hours with calls. */
    public long hours() {
        return hours;
    }

    /** Hours that were compared row by row. */
    public long compared() {
        return compared;
    }

    /** Calls that were passed over because nobody may see them. */
    public long excluded() {
        return excluded;
    }

    /** Hours with rows whose digest differs, and of which the topic has no record any longer. */
    public long expiredHours() {
        return expiredHours;
    }
}
