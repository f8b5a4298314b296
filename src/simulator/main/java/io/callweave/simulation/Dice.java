package io.callweave.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The random choices. The same seed makes the same choices on every machine. */
final class Dice {

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    long seed() {
        return random.nextLong();
    }

    double share() {
        return random.nextDouble();
    }

    boolean chance(double share) {
        return random.nextDouble() < share;
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    Duration seconds(double shortest, double longest) {
        return Duration.ofMillis((long) (1000 * (shortest + random.nextDouble() * (longest - shortest))));
    }

    /** The time between events that are independent of each other. */
    Duration exponential(Duration mean) {
        return Duration.ofMillis((long) (-StrictMath.log(1 - random.nextDouble()) * mean.toMillis()));
    }

    /** The length of a talk: many are short, a few very long. */
    Duration logNormal(Duration median, double sigma, Duration longest) {
        double normal = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
        long millis = (long) (median.toMillis() * StrictMath.exp(sigma * normal));
        return Duration.ofMillis(Math.min(millis, longest.toMillis()));
    }
}
