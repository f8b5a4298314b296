package io.callweave.words;

import java.util.Comparator;
import java.util.List;

/**
 * One step of a call.
 *
 * @param at when, in milliseconds since the epoch
 * @param who did it, such as a person, a queue or the call itself; may be anything in the text of a name
 * @param what the rest of the sentence, without a full stop
 */
public record Step(long at, String who, String what) {

    /** A step, and which one stands first of those at the same time. */
    record Ranked(Step step, int rank) {

        static List<Step> inOrder(List<Ranked> steps) {
            return steps.stream()
                    .sorted(Comparator.comparingLong((Ranked one) -> one.step.at)
                            .thenComparingInt(Ranked::rank))
                    .map(Ranked::step)
                    .toList();
        }
    }

    /** As a sentence. */
    public String text() {
        return who + " " + what;
    }

    /**
     * As sentences with times, such as "0:08 Dana answers after 7 s".
     *
     * @param start of the call, in milliseconds since the epoch: times are counted from it
     */
    public static List<String> journey(List<Step> steps, long start) {
        return steps.stream()
                .map(step -> Lengths.clock(Math.max(0, step.at - start)) + " " + step.text())
                .toList();
    }
}
