package io.callweave.bench.correctness;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What makes calls out of the same notifications. */
public enum Contender {
    CALLWEAVE("callweave", "the product, exactly once"),
    DSL("dsl", "aggregate per session, kept permanently, exactly once; emits whenever all parties are over"),
    SESSION_WINDOWS("session-windows", "session windows of 10 min, grace 1 min, exactly once; emits when closed"),
    CONSUMER("consumer", "open sessions in memory; emits and forgets when all parties are over");

    private final String label;
    private final String text;

    Contender(String label, String text) {
        this.label = label;
        this.text = text;
    }

    /** The name in reports and in JSON. */
    public String label() {
        return label;
    }

    /** What it is, in a few words. */
    public String text() {
        return text;
    }

    /**
     * The one with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Contender of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + label + "' is none of " + labels()));
    }

    /** All names, separated by commas. */
    public static String labels() {
        return Arrays.stream(values()).map(Contender::label).collect(Collectors.joining(", "));
    }
}
