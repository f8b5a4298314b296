package io.callweave.bench.throughput;

import java.util.List;
import java.util.Locale;

/** What grows from point to point, while everything else is as in the reference. */
public enum Curve {
    /** No call is closed here: at so many calls at a time, too many would have to be settled first. */
    LIVE("calls at a time", true, 1_000, 10_000, 100_000, 1_000_000),
    SETTLED("settled calls", true, 5_000, 20_000, 100_000, 1_000_000),
    PARTITIONS("partitions", false, 1, 4, 12, 48),
    THREADS("stream threads", false, 1, 2, 4, 8),
    ACCOUNTS("accounts", false, 1, 10, 50, 1_000),
    LINKED("% linked sessions", false, 0, 15, 50);

    private final String unit;
    private final boolean ofCalls;
    private final List<Integer> values;

    Curve(String unit, boolean ofCalls, Integer... values) {
        this.unit = unit;
        this.ofCalls = ofCalls;
        this.values = List.of(values);
    }

    /** The name on the command line and in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
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
    List<Integer> values(int most) {
        return ofCalls
                ? values.stream().map(value -> Math.min(value, most)).distinct().toList()
                : values;
    }

    /** The size of a point. The reference is warm already; a point that follows needs only its calls. */
    BenchOptions at(int value, BenchOptions reference) {
        int live = this == LIVE ? value : reference.concurrentCalls();
        return new BenchOptions(
                reference.events(),
                0,
                reference.rounds(),
                this == PARTITIONS ? value : reference.partitions(),
                this == THREADS ? value : reference.threads(),
                this == ACCOUNTS ? value : reference.accounts(),
                live,
                this == LIVE ? 0 : this == SETTLED ? value : reference.aged(),
                this == LINKED ? value : reference.linkedPercent());
    }
}
