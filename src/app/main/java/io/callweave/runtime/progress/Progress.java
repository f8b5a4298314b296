package io.callweave.runtime.progress;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * How long the partitions of an instance have made no progress. Progress is a committed offset that moves. Time counts only
 * while brokers answer, records wait and no task restores; so neither an outage nor a long restore looks like a standstill.
 *
 * <p>Knows nothing of stages: it sees the partitions that the active tasks read.
 */
final class Progress {

    /** If this process was suspended, the time of that does not count. */
    private static final long LONGEST_STEP = Duration.ofSeconds(15).toNanos();

    private final ProgressLimits limits;

    /** In nanoseconds. A partition can be away for so long while its task is made again; later it is another instance's. */
    private final long limit;

    private final Map<TopicPartition, Entry> entries = new HashMap<>();
    private boolean answered;
    private long lastAnswer;
    private long allStillNanos;

    Progress(ProgressLimits limits) {
        this.limits = limits;
        limit = limits.standstill().toNanos();
    }

    /**
     * What brokers say of a partition.
     *
     * @param committed the offset that the group reads on from
     * @param end the offset of the record that comes next
     * @param begun whether this instance has begun a record that is not committed
     */
    record Offsets(long committed, long end, boolean begun) {

        boolean isBehind() {
            return end > committed;
        }
    }

    /**
     * A partition that makes no progress.
     *
     * @param isTooLong whether nothing excuses it; while others move, it may wait longer for its turn
     */
    record Still(TopicPartition partition, Offsets offsets, Duration time, boolean isTooLong) {}

    private static final class Entry {
        private Offsets offsets;
        private long stillNanos;
        private boolean begun;
        private long seen;

        private Entry(Offsets offsets, long seen) {
            this.offsets = offsets;
            this.seen = seen;
        }
    }

    /**
     * Brokers have answered.
     *
     * @param now by a clock that only runs forward, in nanoseconds
     * @param offsets of all partitions that active tasks of this instance read now
     * @param restoring whether a task is being restored
     */
    synchronized void answered(long now, Map<TopicPartition, Offsets> offsets, boolean restoring) {
        long step = answered && !restoring ? Math.min(now - lastAnswer, LONGEST_STEP) : 0;
        allStillNanos = offsets.entrySet().stream().noneMatch(each -> hasMoved(each.getKey(), each.getValue()))
                ? allStillNanos + step
                : 0;
        offsets.forEach((partition, latest) -> {
            Entry entry = entries.computeIfAbsent(partition, added -> new Entry(latest, now));
            boolean still = latest.isBehind() && latest.committed() == entry.offsets.committed();
            // Records that have come since the last answer have waited for less than that.
            entry.stillNanos = still ? entry.stillNanos + (entry.offsets.isBehind() ? step : 0) : 0;
            entry.begun = still && (entry.begun || latest.begun());
            entry.offsets = latest;
            entry.seen = now;
        });
        entries.values().removeIf(entry -> now - entry.seen > limit);
        answered = true;
        lastAnswer = now;
    }

    private boolean hasMoved(TopicPartition partition, Offsets latest) {
        Entry entry = entries.get(partition);
        return entry != null && entry.offsets.committed() != latest.committed();
    }

    /** Brokers did not answer, or cannot take what is written: whatever stands still may wait for them. */
    synchronized void unanswered() {
        entries.values().forEach(entry -> {
            entry.stillNanos = 0;
            entry.begun = false;
        });
        allStillNanos = 0;
        answered = false;
    }

    /** What has stood still, that which nothing excuses first; nothing if no broker has answered within the last minute. */
    synchronized Optional<Still> longest(long now) {
        if (!answered || now - lastAnswer > limit) {
            return Optional.empty();
        }
        boolean othersMove = allStillNanos < limit;
        return entries.entrySet().stream()
                .filter(each -> each.getValue().stillNanos > 0)
                .map(each -> still(each.getKey(), each.getValue(), othersMove))
                .max(Comparator.comparing(Still::isTooLong).thenComparing(Still::time));
    }

    private Still still(TopicPartition partition, Entry entry, boolean othersMove) {
        Duration time = Duration.ofNanos(entry.stillNanos);
        Duration longest = othersMove && !entry.begun ? limits.inLine() : limits.standstill();
        return new Still(partition, entry.offsets, time, time.compareTo(longest) >= 0);
    }
}
