package io.callweave.console.view;

/** A length in a sentence, in the same whole seconds that the page shows as 1:05. */
final class SpokenLength {

    private static final long SECOND = 1_000;
    private static final long IN_SECONDS = 120;
    private static final long SIXTY = 60;

    private SpokenLength() {}

    /** Such as "14 s", "2 min 41 s" and "1 h 5 min"; what is left of a second is dropped, as timers do. */
    static String of(long millis) {
        long seconds = millis / SECOND;
        if (seconds < IN_SECONDS) {
            return seconds + " s";
        }
        long minutes = seconds / SIXTY;
        return minutes < SIXTY
                ? two(minutes, "min", seconds % SIXTY, "s")
                : two(minutes / SIXTY, "h", minutes % SIXTY, "min");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }
}
