package io.callweave.bench.competitors;

import io.callweave.settings.value.PartitionBy;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is compared, in the order in which it runs in each round. */
public enum Competitor {
    CALLWEAVE("callweave", Kind.STREAMS),
    /** Its input is partitioned by account. */
    CALLWEAVE_ACCOUNT("callweave-account", Kind.STREAMS),
    /** It has the outputs that others have, too. */
    CALLWEAVE_FEWER("callweave-fewer", Kind.STREAMS),
    DSL("dsl", Kind.STREAMS),
    FLINK_HEAP("flink-heap", Kind.FLINK),
    FLINK_ROCKSDB("flink-rocksdb", Kind.FLINK),
    POSTGRESQL_CALLS("postgresql-calls", Kind.POSTGRESQL),
    POSTGRESQL_ALL("postgresql-all", Kind.POSTGRESQL);

    private final String label;
    private final Kind kind;

    /** What a subject is built on. */
    public enum Kind {
        STREAMS,
        FLINK,
        POSTGRESQL
    }

    Competitor(String label, Kind kind) {
        this.label = label;
        this.kind = kind;
    }

    /** The name on the command line, in reports and in JSON. */
    public String label() {
        return label;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it is the product. */
    public boolean isCallweave() {
        return this == CALLWEAVE || this == CALLWEAVE_ACCOUNT || this == CALLWEAVE_FEWER;
    }

    /** What the producer of its input chooses partitions by. */
    public PartitionBy partitionBy() {
        return this == CALLWEAVE_ACCOUNT ? PartitionBy.ACCOUNT : PartitionBy.SESSION;
    }

    /** The prefix of its topics. */
    public String prefix() {
        return "bench." + label + ".";
    }

    /** Its consumer group. */
    public String group() {
        return "bench-" + label;
    }

    /** The subject with this label. */
    public static Optional<Competitor> of(String label) {
        return Arrays.stream(values())
                .filter(competitor -> competitor.label.equals(label))
                .findFirst();
    }

    /** All labels, separated by commas. */
    public static String labels() {
        return Arrays.stream(values()).map(Competitor::label).collect(Collectors.joining(", "));
    }
}
