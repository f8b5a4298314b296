package io.callweave.record;

import java.time.LocalDate;

/** Times as every value has them: ISO-8601, UTC, always three digits of milliseconds. */
public final class Timestamps {

    private static final long DAY_MS = 86_400_000;

    /** A formatter of java.time costs more than the rest of a record; of its work only the date is worth keeping. */
    private static volatile Day lastDay = Day.of(0);

    private record Day(long number, String date) {

        static Day of(long number) {
            return new Day(number, LocalDate.ofEpochDay(number).toString());
        }
    }

    private Timestamps() {}

    /**
     * Writes a time.
     *
     * @param millis since the epoch
     */
    public static String iso(long millis) {
        Day day = lastDay;
        long number = Math.floorDiv(millis, DAY_MS);
        if (day.number() != number) {
            day = Day.of(number);
            lastDay = day;
        }
        int ofDay = (int) Math.floorMod(millis, DAY_MS);
        StringBuilder out = new StringBuilder(24).append(day.date()).append('T');
        digits(out, ofDay / 3_600_000, 2).append(':');
        digits(out, ofDay / 60_000 % 60, 2).append(':');
        digits(out, ofDay / 1_000 % 60, 2).append('.');
        return digits(out, ofDay % 1_000, 3).append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder out, int value, int width) {
        if (width == 3) {
            out.append((char) ('0' + value / 100));
        }
        return out.append((char) ('0' + value / 10 % 10)).append((char) ('0' + value % 10));
    }
}
