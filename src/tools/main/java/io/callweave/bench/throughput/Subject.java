package io.callweave.bench.throughput;

import io.callweave.settings.value.PartitionBy;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The topologies that are compared, in the order in which they run in each round. */
public enum Subject {
    CALLWEAVE("callweave", setting -> new CallweaveCandidate(setting, PartitionBy.SESSION)),
    BY_ACCOUNT(
            "callweave-account", PartitionBy.ACCOUNT, setting -> new CallweaveCandidate(setting, PartitionBy.ACCOUNT)),
    /** Callweave by session, with the outputs that the DSL has. */
    FEWER("callweave-fewer", CallweaveCandidate::withFewerOutputs),
    DSL("dsl", DslCandidate::new),
    PLUMBING("plumbing", PlumbingCandidate::new),
    PASS_THROUGH("pass-through", PassThroughCandidate::new);

    private final String label;
    private final PartitionBy partitionBy;
    private final Function<Setting, Candidate> candidate;

    /**
     * What a candidate is made from.
     *
     * @param prefix of the subject's topics
     * @param lateWindow how long a settled call is kept, in milliseconds
     */
    public record Setting(String prefix, BenchOptions options, long lateWindow) {}

    Subject(String label, Function<Setting, Candidate> candidate) {
        this(label, PartitionBy.SESSION, candidate);
    }

    Subject(String label, PartitionBy partitionBy, Function<Setting, Candidate> candidate) {
        this.label = label;
        this.partitionBy = partitionBy;
        this.candidate = candidate;
    }

    /** The name in reports and in JSON. */
    public String label() {
        return label;
    }

    /** What the partitions of its input are chosen by. */
    PartitionBy partitionBy() {
        return partitionBy;
    }

    /** Whether it is the product. */
    boolean isCallweave() {
        return this == CALLWEAVE || this == BY_ACCOUNT || this == FEWER;
    }

    /**
     * Its topics and its topology.
     *
     * @param prefix of its topics
     * @param lateWindow how long a settled call is kept, in milliseconds
     */
    public Candidate candidate(String prefix, BenchOptions options, long lateWindow) {
        return candidate.apply(new Setting(prefix, options, lateWindow));
    }

    /**
     * The one with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Subject of(String label) {
        return Arrays.stream(values())
                .filter(subject -> subject.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is none of "
                        + Arrays.stream(values()).map(Subject::label).collect(Collectors.joining(", "))));
    }
}
