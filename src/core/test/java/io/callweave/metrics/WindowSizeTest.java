package io.callweave.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowSizeTest {

    @ParameterizedTest
    @CsvSource({
        "PT1M,  2026-03-02T09:07:59.999Z, 2026-03-02T09:07:00Z, 2026-03-02T09:08:00Z",
        "PT15M, 2026-03-02T09:14:59.999Z, 2026-03-02T09:00:00Z, 2026-03-02T09:15:00Z",
        "PT1H,  2026-03-02T09:00:00Z,     2026-03-02T09:00:00Z, 2026-03-02T10:00:00Z",
        "PT1H,  1969-12-31T23:59:59Z,     1969-12-31T23:00:00Z, 1970-01-01T00:00:00Z"
    })
    void shouldCutTimeIntoEqualWindowsOfUtc(WindowSize size, String time, String start, String end) {
        assertWindow(size, "Asia/Kathmandu", time, start, end);
    }

    /** The clock goes forward, back, forward at midnight, back at midnight, and over a whole day. */
    @ParameterizedTest
    @CsvSource({
        "UTC,                 2026-03-02T23:59:59.999Z, 2026-03-02T00:00:00Z, 2026-03-03T00:00:00Z, 24",
        "Europe/Berlin,       2026-03-29T12:00:00Z,     2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z, 23",
        "Europe/Berlin,       2026-10-25T12:00:00Z,     2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z, 25",
        "America/New_York,    2026-11-01T04:00:00Z,     2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z, 25",
        "America/Sao_Paulo,   2018-11-04T12:00:00Z,     2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z, 23",
        "America/Sao_Paulo,   2018-02-18T02:30:00Z,     2018-02-17T02:00:00Z, 2018-02-18T03:00:00Z, 25",
        "Pacific/Apia,        2011-12-30T09:00:00Z,     2011-12-29T10:00:00Z, 2011-12-30T10:00:00Z, 24"
    })
    void shouldCutDaysAsTheCalendarOfTheZoneDoes(String zone, String time, String start, String end, int hours) {
        assertWindow(WindowSize.P1D, zone, time, start, end);
        assertThat(Duration.between(Instant.parse(start), Instant.parse(end))).hasHours(hours);
    }

    @Test
    void shouldEndADayOfAnotherZoneAfterTwentyFourHours() {
        long start = Instant.parse("2026-03-02T05:00:00Z").toEpochMilli();

        assertThat(WindowSize.P1D.end(start, ZoneId.of("Europe/Berlin")))
                .isEqualTo(start + Duration.ofHours(24).toMillis());
    }

    private static void assertWindow(WindowSize size, String zone, String time, String start, String end) {
        long begin = size.start(Instant.parse(time).toEpochMilli(), ZoneId.of(zone));

        assertThat(Instant.ofEpochMilli(begin)).isEqualTo(Instant.parse(start));
        assertThat(Instant.ofEpochMilli(size.end(begin, ZoneId.of(zone)))).isEqualTo(Instant.parse(end));
    }
}
