package io.callweave.metrics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The length of a window, named as ISO-8601 writes durations. */
public enum WindowSize implements Stored {
    PT1M(0, 60_000),
    PT15M(1, 15 * 60_000),
    PT1H(2, 60 * 60_000),
    /** A calendar day: 23 or 25 hours when the clocks change. */
    P1D(3, 24 * 60 * 60_000);

    private final int number;
    private final long length;

    WindowSize(int number, long length) {
        this.number = number;
        this.length = length;
    }

    @Override
    public int number() {
        return number;
    }

    /** In milliseconds; of a day, the usual one. */
    public long length() {
        return length;
    }

    /**
     * The beginning of the window that contains a time, both in milliseconds since the epoch.
     *
     * @param zone the time zone of daily windows; shorter windows always use UTC
     */
    public long start(long time, ZoneId zone) {
        return this == P1D ? midnight(date(time, zone), zone) : Math.floorDiv(time, length) * length;
    }

    /** The end of the window that begins at this time. If no day of the zone begins then, it is one day of 24 hours. */
    public long end(long start, ZoneId zone) {
        if (this != P1D || start(start, zone) != start) {
            return start + length;
        }
        return midnight(date(start, zone).plusDays(1), zone);
    }

    private static LocalDate date(long time, ZoneId zone) {
        return Instant.ofEpochMilli(time).atZone(zone).toLocalDate();
    }

    /** The first instant of the date. It may not be midnight, because clocks can be set forward at midnight. */
    private static long midnight(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
