package io.callweave.simulation;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** How busy a contact centre is over the day and the week, in UTC; 1 is the busiest hour. */
final class BusyDay {

    /** For each hour, from its start: nearly nobody at night, a peak in the morning and a lower one after lunch. */
    private static final double[] BY_HOUR = {
        0.02, 0.01, 0.01, 0.01, 0.01, 0.02, 0.06, 0.25, 0.65, 0.92, 1.00, 0.95,
        0.75, 0.72, 0.88, 0.90, 0.75, 0.55, 0.30, 0.18, 0.12, 0.08, 0.05, 0.03
    };

    private static final double WEEKEND = 0.2;
    private static final int HOURS = 24;
    private static final double SECONDS_PER_HOUR = 3600;

    private BusyDay() {}

    static double at(Instant time) {
        ZonedDateTime local = time.atZone(ZoneOffset.UTC);
        int hour = local.getHour();
        double into = (local.getMinute() * 60 + local.getSecond()) / SECONDS_PER_HOUR;
        double level = BY_HOUR[hour] * (1 - into) + BY_HOUR[(hour + 1) % HOURS] * into;
        DayOfWeek day = local.getDayOfWeek();
        return day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? level * WEEKEND : level;
    }
}
