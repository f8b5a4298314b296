package io.callweave.console.api;

import io.callweave.record.RecordedWindow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The day that an account has now, and earlier ones.
 *
 * @param zone of the account
 * @param start of the day
 * @param now as a clock shows it there
 */
record AccountDay(ZoneId zone, LocalDate date, Instant start, ZonedDateTime now) {

    static AccountDay at(Instant now, ZoneId zone) {
        ZonedDateTime local = now.atZone(zone);
        LocalDate date = local.toLocalDate();
        return new AccountDay(zone, date, date.atStartOfDay(zone).toInstant(), local);
    }

    /** Where the hour began that it was some days ago, at the same time of the day. Windows of an hour begin with the hours of UTC. */
    Instant hourBefore(int days) {
        return now.minusDays(days).toInstant().truncatedTo(ChronoUnit.HOURS);
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

    /** Whether some of a window with this end was in the day some days ago, and the window was over at this time. */
    boolean wasBefore(int days, long end) {
        return end > date.minusDays(days).atStartOfDay(zone).toInstant().toEpochMilli()
                && end <= hourBefore(days).toEpochMilli();
    }
}
