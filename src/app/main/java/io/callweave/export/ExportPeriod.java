package io.callweave.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * A half-open time: from the first moment on, and before the second one.
 *
 * @param from in milliseconds since the epoch
 * @param to in milliseconds since the epoch
 */
public record ExportPeriod(long from, long to) {

    public static final ExportPeriod ALL = new ExportPeriod(Long.MIN_VALUE, Long.MAX_VALUE);

    public boolean contains(long time) {
        return from <= time && time < to;
    }

    /** Whether a time that begins then, and ends before the other moment, has a part in it. */
    public boolean overlaps(long begin, long end) {
        return begin < to && end > from;
    }

    /**
     * Reads one end of a period: a date, which is its first moment, or ISO-8601 with an offset or a zone, such as
     * {@code 2026-03-01T08:00+01:00[Europe/Berlin]}.
     *
     * @param zone of dates
     * @return milliseconds since the epoch
     * @throws DateTimeException if it is neither
     */
    public static long parse(String text, ZoneId zone) {
        Instant time = text.indexOf('T') < 0
                ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
                : ZonedDateTime.parse(text, DateTimeFormatter.ISO_ZONED_DATE_TIME)
                        .toInstant();
        return time.toEpochMilli();
    }
}
