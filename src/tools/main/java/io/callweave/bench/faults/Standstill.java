package io.callweave.bench.faults;

import io.callweave.topics.HomePartition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How long one fault had notifications wait on one way through the topology: from a partition of {@code notifications} to a home
 * partition.
 *
 * @param way such as {@code 3-1}
 * @param hit whether the fault hits this way
 * @param ms the longest wait while the fault lasted or before the next one began
 * @param beyondMs what of it is longer than the fault
 */
public record Standstill(Fault fault, String way, boolean hit, long ms, long beyondMs) {

    /**
     * Nothing may wait longer on a way that no fault hits. What a killed process began blocks readers for 5 s (the timeout of its
     * transaction, and then the broker's next look); the rest is for a machine that starts processes.
     */
    static final Duration MOST = Duration.ofSeconds(8);

    /** So many processes wait for a processor while faults happen on a machine that does nothing else. */
    private static final double USUAL_LOAD = 4;

    /** So long a fault may have consequences for the ways that it hit. */
    static final Duration AFTERMATH = Duration.ofSeconds(30);

    /**
     * A fault that happened, in milliseconds since the epoch.
     *
     * @param hit the ways that it may have stand still
     */
    public record Happened(Fault fault, long began, long ended, Set<String> hit) {

        public Happened {
            hit = Set.copyOf(hit);
        }

        private boolean explains(Wait wait, double slowness) {
            return hit.contains(wait.way())
                    && wait.from() < ended + AFTERMATH.toMillis() * slowness
                    && wait.until() > began;
        }
    }

    /**
     * A notification that waited.
     *
     * @param from when a bridge had answered it, in milliseconds since the epoch
     * @param until when its party event could be read
     */
    public record Wait(String way, long from, long until) {

        long ms() {
            return until - from;
        }

        @Override
        public String toString() {
            return "a notification on the way %s waited from %s to %s, and no fault had hit that way"
                    .formatted(way, Instant.ofEpochMilli(from), Instant.ofEpochMilli(until));
        }
    }

    static String way(int source, int home) {
        return source + "-" + home;
    }

    /** That of a session, as long as no partition is added. */
    static String way(String account, String session) {
        return way(HomePartition.of(session, FaultSite.PARTITIONS), HomePartition.of(account, FaultSite.PARTITIONS));
    }

    /** All there are. */
    static Set<String> ways() {
        Set<String> ways = new TreeSet<>();
        for (int source = 0; source < FaultSite.PARTITIONS; source++) {
            for (int home = 0; home < FaultSite.PARTITIONS; home++) {
                ways.add(way(source, home));
            }
        }
        return ways;
    }

    /** For a table. */
    String row() {
        return "%s,%d,%d,%s,%b,%d,%d"
                .formatted(fault.kind().word(), fault.target(), fault.length().toSeconds(), way, hit, ms, beyondMs);
    }

    /** The longest wait of each fault on each way that had notifications. */
    public static List<Standstill> of(List<Happened> faults, List<Wait> waits) {
        List<Standstill> all = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            Happened each = faults.get(i);
            long next = i + 1 < faults.size() ? faults.get(i + 1).began() : Long.MAX_VALUE;
            Map<String, Long> longest = new TreeMap<>();
            for (Wait wait : waits) {
                if (wait.until() > each.began() && wait.from() < next) {
                    longest.merge(wait.way(), wait.until() - Math.max(wait.from(), each.began()), Math::max);
                }
            }
            longest.forEach((way, ms) -> all.add(new Standstill(
                    each.fault(), way, each.hit().contains(way), ms, Math.max(0, ms - (each.ended() - each.began())))));
        }
        return all;
    }

    /**
     * Those that were too long, and that no fault explains.
     *
     * @param load processes that wait for a processor, for each; with more than usual, everything takes longer
     */
    public static List<Wait> unexplained(List<Happened> faults, List<Wait> waits, double load) {
        double slowness = Math.max(1, load / USUAL_LOAD);
        return waits.stream()
                .filter(wait -> wait.ms() > MOST.toMillis() * slowness)
                .filter(wait -> faults.stream().noneMatch(fault -> fault.explains(wait, slowness)))
                .toList();
    }

    /** The nearest rank. */
    public static long percentile(List<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }
}
