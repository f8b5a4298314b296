package io.callweave.bench.competitors.correctness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The records of a subject beside the truth.
 *
 * @param calls calls of which at least one notification arrived
 * @param right one record, with the start, the length and the answer of the call
 * @param marked the record is not right, and says that something is missing
 * @param wrong the record is not right, and does not say so
 * @param missing no record
 * @param extra records of no call, or further records of one
 */
record Verdict(long calls, long right, long marked, long wrong, long missing, long extra) {

    /** Wrong, missing and extra. */
    long bad() {
        return wrong + missing + extra;
    }

    /** Compares the last records of a subject with the truth. */
    static Verdict of(Collection<TrueCall> truths, Collection<TrueCall> records) {
        Map<String, List<TrueCall>> byKey = new HashMap<>();
        Set<String> inMarked = new HashSet<>();
        for (TrueCall found : records) {
            byKey.computeIfAbsent(found.key(), key -> new ArrayList<>()).add(found);
            if (found.marked()) {
                inMarked.addAll(found.sessions());
            }
        }
        long right = 0;
        long marked = 0;
        long wrong = 0;
        long missing = 0;
        long extra = 0;
        Set<String> real = new HashSet<>();
        for (TrueCall truth : truths) {
            real.addAll(truth.sessions());
            List<TrueCall> found = byKey.remove(truth.key());
            if (found == null) {
                // What is left of a call that lost its beginning has another id, and says so.
                boolean elsewhere = truth.sessions().stream().anyMatch(inMarked::contains);
                marked += elsewhere ? 1 : 0;
                missing += elsewhere ? 0 : 1;
                continue;
            }
            extra += found.size() - 1;
            TrueCall last = found.get(found.size() - 1);
            if (found.size() == 1 && last.isAs(truth)) {
                right++;
            } else if (last.marked()) {
                marked++;
            } else {
                wrong++;
            }
        }
        for (List<TrueCall> others : byKey.values()) {
            extra += others.stream()
                    .filter(other ->
                            !other.marked() || other.sessions().stream().noneMatch(real::contains))
                    .count();
        }
        return new Verdict(truths.size(), right, marked, wrong, missing, extra);
    }
}
