package io.callweave.bench.correctness;

import io.callweave.simulation.delivery.DeliveryFaults;
import java.util.List;

/**
 * The size of the comparison.
 *
 * @param calls about how many calls are simulated
 * @param faults of the delivery
 * @param lateCopies the share of notifications that arrive again 2 to 20 minutes later
 * @param kills how often each subject is killed in the last scenario
 * @param subjects those that run, in this order
 */
public record CorrectnessOptions(
        int calls, long seed, DeliveryFaults faults, double lateCopies, int kills, List<Contender> subjects) {

    private static final int FEWEST_CALLS = 100;
    private static final int MOST_CALLS = 200_000;
    private static final int MOST_KILLS = 10;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is out of range; the sentence names the option of the command line
     */
    public CorrectnessOptions {
        subjects = List.copyOf(subjects);
        if (calls < FEWEST_CALLS || calls > MOST_CALLS) {
            throw new IllegalArgumentException(
                    "--calls is %d; it must be from %d to %,d.".formatted(calls, FEWEST_CALLS, MOST_CALLS));
        }
        if (kills < 0 || kills > MOST_KILLS) {
            throw new IllegalArgumentException("--kills is %d; it must be from 0 to %d.".formatted(kills, MOST_KILLS));
        }
        if (!(lateCopies >= 0 && lateCopies <= 1)) {
            throw new IllegalArgumentException("--late-copies is " + lateCopies + "; it must be from 0 to 1.");
        }
    }
}
