package io.callweave.bench.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Which faults there are, and when: a function of the seed, so that a run can be repeated. */
public final class FaultSchedule {

    /** Before the first fault everything works, which is what the others are compared with. */
    private static final int QUIET_SECONDS = 10;

    /** Seconds by which a pause is shorter or longer. */
    private static final int JITTER = 2;

    private FaultSchedule() {}

    /**
     * Faults one after the other. Each kind comes once before one comes again.
     *
     * @param length of the run; the last fault is over before it
     * @param kinds that come
     * @param pause seconds between two
     */
    public static List<Fault> of(long seed, Duration length, Set<Fault.Kind> kinds, int pause) {
        Random random = new Random(seed);
        List<Fault.Kind> left = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        long at = QUIET_SECONDS;
        while (true) {
            if (left.isEmpty()) {
                left.addAll(kinds);
                Collections.sort(left);
                Collections.shuffle(left, random);
            }
            Fault.Kind kind = left.remove(0);
            int seconds = kind.shortest() + random.nextInt(kind.longest() - kind.shortest() + 1);
            int target = random.nextInt(Integer.MAX_VALUE);
            if (at + seconds > length.toSeconds()) {
                return faults;
            }
            faults.add(new Fault(Duration.ofSeconds(at), kind, target, Duration.ofSeconds(seconds)));
            at += seconds + pause - JITTER + random.nextInt(2 * JITTER + 1);
        }
    }
}
