package io.callweave.bench.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How long one fault had one way through the topology stand still: from a partition of {@code notifications} to a home partition.
 *
 * @param way such as {@code 3-1}
 * @param ms the longest time without an output, that began while the fault lasted or soon after
 * @param beyondMs what of it is longer than the fault
 */
public record Standstill(Fault fault, String way, long ms, long beyondMs) {

    /** A fault that happened, in milliseconds since the epoch. */
    public record Happened(Fault fault, long began, long ended) {}

    /** For a table. */
    String row() {
        return "%s,%d,%d,%s,%d,%d"
                .formatted(fault.kind().word(), fault.target(), fault.length().toSeconds(), way, ms, beyondMs);
    }

    /**
     * The standstill of each fault on each way.
     *
     * @param outputs by way: when something came out, ascending, in milliseconds since the epoch
     */
    public static List<Standstill> of(List<Happened> faults, Map<String, List<Long>> outputs) {
        List<Standstill> all = new ArrayList<>();
        for (int i = 0; i < faults.size(); i++) {
            Happened each = faults.get(i);
            long next = i + 1 < faults.size() ? faults.get(i + 1).began() : Long.MAX_VALUE;
            outputs.forEach((way, times) -> {
                long longest = longest(times, each.began(), next);
                all.add(new Standstill(
                        each.fault(), way, longest, Math.max(0, longest - (each.ended() - each.began()))));
            });
        }
        return all;
    }

    /** Of the times without an output that end after the one time and begin before the other. */
    private static long longest(List<Long> times, long from, long to) {
        long longest = 0;
        for (int i = 1; i < times.size(); i++) {
            long begin = Math.max(from, times.get(i - 1));
            if (times.get(i) > from && begin < to) {
                longest = Math.max(longest, times.get(i) - begin);
            }
        }
        return longest;
    }

    /** The nearest rank. */
    public static long percentile(List<Long> values, int percent) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }
}
