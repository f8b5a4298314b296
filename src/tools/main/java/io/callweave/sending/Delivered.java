package io.callweave.sending;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What became of what was sent.
 *
 * @param taken how many the destination took
 * @param open how many it did not take and may take another time; the others it will never take
 * @param answers how often it answered what, where it answers
 */
public record Delivered(long taken, long open, SortedMap<String, Long> answers) {

    /** To a destination that takes everything or fails. */
    static Delivered all(long taken) {
        return new Delivered(taken, 0, new TreeMap<>(Map.of()));
    }

    /** As in {@code answers: 200 17817, 503 2}; empty where nothing answers. */
    public String inWords() {
        return answers.isEmpty()
                ? ""
                : answers.entrySet().stream()
                        .map(answer -> answer.getKey() + " " + answer.getValue())
                        .collect(Collectors.joining(", ", "answers: ", ""));
    }
}
