package io.callweave.console.api;

import io.callweave.record.RecordedWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The day that an account has now, and the same weekday a week ago.
 *
 * @param zone of the account
 * @param start of the day
 * @param startLastWeek of the other
 * @param hourLastWeek where the hour began that it was then, at the same time of the day
 */
record AccountDay(ZoneId zone, LocalDate date, Instant start, Instant startLastWeek, Instant hourLastWeek) {

    private static final int WEEK_DAYS = 7;

    static AccountDay at(Instant now, ZoneId zone) {
        ZonedDateTime local = now.atZone(zone);
        LocalDate date = local.toLocalDate();
        return new AccountDay(
                zone,
                date,
                date.atStartOfDay(zone).toInstant(),
                date.minusDays(WEEK_DAYS).atStartOfDay(zone).toInstant(),
                // Windows of an hour begin with the hours of UTC.
                local.minusDays(WEEK_DAYS).toInstant().truncatedTo(ChronoUnit.HOURS));
    }

    /** Whether some of a window is in the day. */
    boolean includes(RecordedWindow window) {
        return window.end() > start.toEpochMilli();
    }

    /** The hour of the day in which a window begins. One that began before midnight, where zones have half hours, is in the first. */
    int hourOf(RecordedWindow window) {
        return window.start() < start.toEpochMilli()
                ? 0
                : Instant.ofEpochMilli(window.start()).atZone(zone).getHour();
    }

    /** Whether some of a window was in the day a week ago, and the window was over at this time. */
    boolean wasLastWeek(RecordedWindow window) {
        return window.end() > startLastWeek.toEpochMilli() && window.end() <= hourLastWeek.toEpochMilli();
    }
}
