package io.callweave.bench.scale;

import io.callweave.bench.throughput.BenchOptions;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What grows from point to point, while everything else is as in the reference. */
public enum Curve {
    /** No call is closed here: at so many calls at a time, too many would have to be settled first. */
    LIVE("live", "calls at a time", true, ScaleShape::withLiveCalls, 1_000, 10_000, 100_000, 1_000_000),
    SETTLED("settled", "settled calls", true, ScaleShape::withSettledCalls, 5_000, 20_000, 100_000, 1_000_000),
    PARTITIONS("partitions", "partitions", false, ScaleShape::withPartitions, 1, 4, 12, 48),
    THREADS("threads", "stream threads", false, ScaleShape::withThreads, 1, 2, 4, 8),
    ACCOUNTS("accounts", "accounts", false, ScaleShape::withAccounts, 1, 10, 50, 1_000),
    LINKED("linked", "% linked sessions", false, ScaleShape::withLinkedPercent, 0, 15, 50),

    /** What a lost state directory costs. */
    RESTORE("restore", "settled calls", true, ScaleShape::withSettledCalls, 10_000, 100_000, 1_000_000);

    private final String label;
    private final String unit;
    private final boolean ofCalls;
    private final BiFunction<ScaleShape, Long, ScaleShape> with;
    private final List<Long> values;

    Curve(String label, String unit, boolean ofCalls, BiFunction<ScaleShape, Long, ScaleShape> with, long... values) {
        this.label = label;
        this.unit = unit;
        this.ofCalls = ofCalls;
        this.with = with;
        this.values = LongStream.of(values).boxed().toList();
    }

    /** The name on the command line, in reports and of the picture. */
    public String label() {
        return label;
    }

    /** What the values count. */
    public String unit() {
        return unit;
    }

    /**
     * The values of the points.
     *
     * @param most the most calls that a point has; takes the place of all larger numbers
     */
    List<Long> values(long most) {
        return ofCalls
                ? values.stream().map(value -> Math.min(value, most)).distinct().toList()
                : values;
    }

    /** The options of a point. */
    BenchOptions options(ScaleShape reference, long value) {
        return with.apply(reference, value).options();
    }

    /** All names, for sentences. */
    public static String labels() {
        return Stream.of(values()).map(Curve::label).collect(Collectors.joining(", "));
    }

    /**
     * The curve with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Curve of(String label) {
        return Arrays.stream(values())
                .filter(curve -> curve.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is none of " + labels()));
    }
}
