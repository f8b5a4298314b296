package io.callweave.files;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts what became of the lines of a run, for its last words. */
public final class Tally {

    private long lines;
    private long calls;
    private final Map<String, Long> skipped = new TreeMap<>();
    private final Map<String, Long> bad = new TreeMap<>();

    public void line() {
        lines++;
    }

    public void call() {
        calls++;
    }

    /** A line of another event type, by kind. */
    public void skipped(String kind, long count) {
        skipped.merge(kind, count, Long::sum);
    }

    /** A line that could not be used, or not as a whole, by reason. */
    public void bad(String reason) {
        bad.merge(reason, 1L, Long::sum);
    }

    /** How many lines could not be used, or not as a whole. */
    public long bad() {
        return counted(bad);
    }

    /** One line for people: "2100 lines, 165 call records; 1 skipped (presence 1), 2 bad (noParties 1, notJson 1)". */
    public String summary(String record) {
        return lines + (lines == 1 ? " line, " : " lines, ") + calls + " " + record + (calls == 1 ? "" : "s") + "; "
                + counted(skipped) + " skipped" + listed(skipped) + ", " + counted(bad) + " bad" + listed(bad) + ".";
    }

    private static long counted(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String listed(Map<String, Long> counts) {
        return counts.isEmpty()
                ? ""
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
