package io.callweave.simulation.phonecall;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The base of all verbs of a {@link PhoneCall}. */
abstract class Verbs {

    static final Duration AT_ONCE = Duration.ZERO;

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** The call with one more step, within this range of times after the step before. */
    abstract PhoneCall then(String text, Duration shortest, Duration longest, ScriptStep.Action action);

    /** The same, at the usual speed of people. */
    PhoneCall then(String text, ScriptStep.Action action) {
        return then(text, SHORTEST, LONGEST, action);
    }

    /** A verb as a test would write it. */
    static String text(String verb, String... arguments) {
        if (arguments.length == 0) {
            return verb + "()";
        }
        return verb + Arrays.stream(arguments).collect(Collectors.joining("\", \"", "(\"", "\")"));
    }

    static String text(String verb, String first, String[] others) {
        List<String> all = new ArrayList<>();
        all.add(first);
        all.addAll(List.of(others));
        return text(verb, all.toArray(String[]::new));
    }
}
