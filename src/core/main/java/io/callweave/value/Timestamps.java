package io.callweave.value;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Times as every value has them: ISO-8601, UTC, always three digits of milliseconds. */
public final class Timestamps {

    private static final long DAY_MS = 86_400_000;
    private static final int TIME_LENGTH = "T00:00:00.000Z".length();

    /** The date of every long has a sign and nine digits of a year at most. */
    static final int LONGEST = "+292278994-08-17".length() + TIME_LENGTH;

    /** A formatter of java.time costs more than the rest of a record; of its work only the date is worth keeping. */
    private static final AtomicReferenceArray<@Nullable Day> DAYS = new AtomicReferenceArray<>(64);

    private record Day(long number, byte[] date) {

        static Day of(long number) {
            return new Day(number, LocalDate.ofEpochDay(number).toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    private Timestamps() {}

    /**
     * Writes a time.
     *
     * @param millis since the epoch
     */
    public static String iso(long millis) {
        byte[] iso = new byte[LONGEST];
        return new String(iso, 0, write(millis, iso, 0), StandardCharsets.US_ASCII);
    }

    /**
     * Reads a time that somebody else wrote.
     *
     * @return milliseconds since the epoch
     * @throws DateTimeParseException if it is no time, or one that is too far away for milliseconds
     */
    public static long millis(String iso) {
        try {
            return Instant.parse(iso).toEpochMilli();
        } catch (ArithmeticException e) {
            throw new DateTimeParseException("The time is too far away.", iso, 0, e);
        }
    }

    /**
     * Writes a time as bytes; all of them are ASCII.
     *
     * @param out has room for {@link #LONGEST} more
     * @return where it ends
     */
    static int write(long millis, byte[] out, int from) {
        long number = Math.floorDiv(millis, DAY_MS);
        int place = Math.floorMod(number, DAYS.length());
        Day day = DAYS.get(place);
        if (day == null || day.number() != number) {
            day = Day.of(number);
            DAYS.set(place, day);
        }
        int ofDay = (int) Math.floorMod(millis, DAY_MS);
        byte[] date = day.date();
        System.arraycopy(date, 0, out, from, date.length);
        int at = from + date.length;
        out[at] = 'T';
        digits(out, at + 1, ofDay / 3_600_000);
        out[at + 3] = ':';
        digits(out, at + 4, ofDay / 60_000 % 60);
        out[at + 6] = ':';
        digits(out, at + 7, ofDay / 1_000 % 60);
        out[at + 9] = '.';
        out[at + 10] = (byte) ('0' + ofDay % 1_000 / 100);
        digits(out, at + 11, ofDay % 100);
        out[at + 13] = 'Z';
        return at + TIME_LENGTH;
    }

    private static void digits(byte[] out, int at, int value) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }
}
