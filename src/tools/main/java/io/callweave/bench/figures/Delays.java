package io.callweave.bench.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
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

    /** A table for delays: what was delayed, the figures, then what else there is. */
    public static TextTable table(String what, String... more) {
        List<String> heads = new ArrayList<>(List.of(what, "number", "p50 ms", "p99 ms", "p99.9 ms", "longest ms"));
        heads.addAll(List.of(more));
        return new TextTable(heads.toArray(String[]::new));
    }

    /** Adds a row to it. */
    public void addTo(TextTable table, String what, String... more) {
        List<String> cells = new ArrayList<>(List.of(what, "%,d".formatted(number)));
        DoubleStream.of(p50Ms, p99Ms, p999Ms, longestMs).forEach(millis -> cells.add("%,.1f".formatted(millis)));
        cells.addAll(List.of(more));
        table.row(cells);
    }
}
