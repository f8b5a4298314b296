package io.callweave.jmh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Compares each step with the baseline of the same run, so that the speed of the machine does not matter. Fails if a step
 * exceeds its limit in two runs in turn. The limits are about twice what was measured: a step that became twice as slow
 * shows, a slow second does not.
 */
public final class Guard {

    private static final String BASELINE = "jacksonTree";
    private static final int ROUNDS = 2;
    private static final int WARM_UP = 3;
    private static final int MEASURED = 3;
    private static final TimeValue EACH = TimeValue.milliseconds(500);

    /** The most that a step may take, in times of the baseline. */
    private static final Map<String, Double> LIMITS = new LinkedHashMap<>();

    static {
        LIMITS.put("scanForAccount", 1.8);
        LIMITS.put("readNotification", 3.2);
        LIMITS.put("foldCall", 20.0);
        LIMITS.put("writeCallRecord", 12.0);
        LIMITS.put("writePartyEvent", 0.9);
        LIMITS.put("writeWindow", 1.8);
        LIMITS.put("sessionState", 0.2);
        LIMITS.put("partyEvent", 0.7);
    }

    private Guard() {}

    public static void main(String[] arguments) throws RunnerException {
        List<String> steps = new ArrayList<>(LIMITS.keySet());
        for (int round = 0; round < ROUNDS && !steps.isEmpty(); round++) {
            steps = tooSlow(steps);
        }
        System.out.println(steps.isEmpty() ? "quick enough" : "TOO SLOW: " + String.join(", ", steps));
        System.exit(steps.isEmpty() ? 0 : 1);
    }

    private static List<String> tooSlow(List<String> steps) throws RunnerException {
        Map<String, Double> nanos = nanos(steps);
        double baseline = nanos.get(BASELINE);
        System.out.printf("%-18s %,9.0f ns, the baseline%n", BASELINE, baseline);
        List<String> slow = new ArrayList<>();
        for (String step : steps) {
            double times = nanos.get(step) / baseline;
            System.out.printf(
                    "%-18s %,9.0f ns, %5.2f times the baseline (at most %.2f)%n",
                    step, nanos.get(step), times, LIMITS.get(step));
            if (times > LIMITS.get(step)) {
                slow.add(step);
            }
        }
        return slow;
    }

    private static Map<String, Double> nanos(List<String> steps) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(name(BASELINE))
                .forks(1)
                .warmupIterations(WARM_UP)
                .warmupTime(EACH)
                .measurementIterations(MEASURED)
                .measurementTime(EACH)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        steps.forEach(step -> options.include(name(step)));
        Map<String, Double> nanos = new LinkedHashMap<>();
        for (RunResult result : new Runner(options.build()).run()) {
            nanos.put(
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getScore());
        }
        return nanos;
    }

    private static String name(String step) {
        return "StepBenchmark\\." + step + "$";
    }
}
