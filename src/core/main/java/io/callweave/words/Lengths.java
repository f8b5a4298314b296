package io.callweave.words;

/** Lengths of time. What is left of a second is dropped, as timers do, also of averages, so that all places show the same. */
public final class Lengths {

    private static final long SECOND = 1_000;
    private static final long TENTH = 100;
    private static final long IN_SECONDS = 120;
    private static final long SIXTY = 60;

    private Lengths() {}

    /**
     * In words, such as "14 s", "2 min 41 s" and "1 h 5 min".
     *
     * @param millis not negative
     */
    public static String of(long millis) {
        long seconds = millis / SECOND;
        if (seconds < IN_SECONDS) {
            return seconds + " s";
        }
        long minutes = seconds / SIXTY;
        return minutes < SIXTY
                ? two(minutes, "min", seconds % SIXTY, "s")
                : two(minutes / SIXTY, "h", minutes % SIXTY, "min");
    }

    /**
     * An average or a threshold in words: with tenths below ten seconds, such as "7.3 s".
     *
     * @param millis not negative
     */
    public static String exact(long millis) {
        return millis > 0 && millis < 10 * SECOND ? millis / SECOND + "." + millis % SECOND / TENTH + " s" : of(millis);
    }

    /**
     * In digits, such as "1:05" and "2:00:05".
     *
     * @param millis not negative
     */
    public static String clock(long millis) {
        long seconds = millis / SECOND;
        long minutes = seconds / SIXTY;
        return minutes < SIXTY
                ? "%d:%02d".formatted(minutes, seconds % SIXTY)
                : "%d:%02d:%02d".formatted(minutes / SIXTY, minutes % SIXTY, seconds % SIXTY);
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
