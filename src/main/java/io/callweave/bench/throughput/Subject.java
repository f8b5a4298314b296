package io.callweave.bench.throughput;

import java.util.function.Function;

/** The topologies that are compared, in the order in which they run in each round. */
public enum Subject {
    CALLWEAVE("callweave", CallweaveCandidate::new),
    DSL("dsl", DslCandidate::new),
    PLUMBING("plumbing", PlumbingCandidate::new),
    PASS_THROUGH("pass-through", PassThroughCandidate::new);

    private final String label;
    private final Function<Setting, Candidate> candidate;

    /**
     * What a candidate is made from.
     *
     * @param prefix of the subject's topics
     * @param lateWindow how long a settled call is kept, in milliseconds
     */
    public record Setting(String prefix, BenchOptions options, long lateWindow) {}

    Subject(String label, Function<Setting, Candidate> candidate) {
        this.label = label;
        this.candidate = candidate;
    }

    /** The name in reports and in JSON. */
    public String label() {
        return label;
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
}
