package io.callweave.journey;

import java.time.Duration;

/** Durations as people say them: seconds below two minutes, minutes below two hours, then hours and minutes. */
public final class Lengths {

    private static final long SECONDS_UNTIL = 120;
    private static final long MINUTES_UNTIL = 120;
    private static final long PER_HOUR = 60;
    private static final double SECOND = Duration.ofSeconds(1).toMillis();
    private static final double MINUTE = Duration.ofMinutes(1).toMillis();

    private Lengths() {}

    /**
     * A length of time in words.
     *
     * @param millis not negative; rounded to what is shown
     */
    public static String of(long millis) {
        long seconds = Math.round(millis / SECOND);
        if (seconds < SECONDS_UNTIL) {
            return seconds + " s";
        }
        long minutes = Math.round(millis / MINUTE);
        if (minutes < MINUTES_UNTIL) {
            return minutes + " min";
        }
        long rest = minutes % PER_HOUR;
        return minutes / PER_HOUR + " h" + (rest == 0 ? "" : " " + rest + " min");
    }
}
