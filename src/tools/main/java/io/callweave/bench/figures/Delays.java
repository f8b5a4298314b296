package io.callweave.bench.figures;

import org.HdrHistogram.Histogram;

/** How many delays there were, and how long, in milliseconds. */
public record Delays(long number, double p50Ms, double p99Ms, double p999Ms, double longestMs) {

    private static final double NANOS_PER_MS = 1e6;

    public static Delays of(Histogram nanos) {
        return new Delays(
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(50) / NANOS_PER_MS,
                nanos.getValueAtPercentile(99) / NANOS_PER_MS,
                nanos.getValueAtPercentile(99.9) / NANOS_PER_MS,
                nanos.getMaxValue() / NANOS_PER_MS);
    }
}
