package io.callweave.bridge.activity;

import java.time.Duration;
import java.util.Arrays;

/**
 * How many notifications an account usually gets in each hour of the week, in UTC. Each hour that was watched moves the number
 * of its weekday and hour towards what came, so holidays are forgotten within weeks. Not thread-safe.
 */
final class WeeklyExpectation {

    static final int HOURS = 7 * 24;
    static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private static final int HOURS_OF_DAY = 24;

    /** The share of the newest week. */
    private static final double NEWEST = 0.3;

    /** 1970-01-01 was a Thursday; hour 0 is that of Monday at midnight. */
    private static final int EPOCH_HOUR = 3 * HOURS_OF_DAY;

    private final double[] perHour;

    /** Knows nothing yet. */
    WeeklyExpectation() {
        perHour = new double[HOURS];
        Arrays.fill(perHour, Double.NaN);
    }

    /** @param perHour {@link #HOURS} numbers, NaN where nothing is known */
    WeeklyExpectation(double[] perHour) {
        this.perHour = Arrays.copyOf(perHour, HOURS);
    }

    double[] perHour() {
        return perHour.clone();
    }

    /** Takes in an hour that was watched from beginning to end. */
    void learn(long hourStartMs, long count) {
        int hour = hourOfWeek(hourStartMs);
        perHour[hour] = Double.isNaN(perHour[hour]) ? count : perHour[hour] + NEWEST * (count - perHour[hour]);
    }

    /**
     * What is usual in an hour: of this weekday, else, in the first week, the average of the same hour of the days known.
     *
     * @return NaN if nothing is known
     */
    double expectedAt(long timeMs) {
        int hour = hourOfWeek(timeMs);
        if (!Double.isNaN(perHour[hour])) {
            return perHour[hour];
        }
        double sum = 0;
        int known = 0;
        for (int same = hour % HOURS_OF_DAY; same < HOURS; same += HOURS_OF_DAY) {
            if (!Double.isNaN(perHour[same])) {
                sum += perHour[same];
                known++;
            }
        }
        return known == 0 ? Double.NaN : sum / known;
    }

    /** What would usually have come in this time, up to a week; hours of which nothing is known count as none. */
    double expectedBetween(long fromMs, long toMs) {
        double expected = 0;
        long at = Math.max(fromMs, toMs - HOURS * HOUR_MS);
        while (at < toMs) {
            long end = Math.min(toMs, Math.floorDiv(at, HOUR_MS) * HOUR_MS + HOUR_MS);
            double rate = expectedAt(at);
            expected += Double.isNaN(rate) ? 0 : rate * (end - at) / HOUR_MS;
            at = end;
        }
        return expected;
    }

    private static int hourOfWeek(long timeMs) {
        return Math.floorMod(Math.floorDiv(timeMs, HOUR_MS) + EPOCH_HOUR, HOURS);
    }
}
