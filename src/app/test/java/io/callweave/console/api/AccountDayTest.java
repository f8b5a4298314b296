package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.record.RecordedWindow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows of an hour begin with the hours of UTC, days at midnight of the account. */
class AccountDayTest {

    @ParameterizedTest
    @CsvSource({
        "Asia/Tokyo, 2026-03-12T06:00:00Z, 2026-03-12T00:00:00Z, true, 9",
        "Asia/Tokyo, 2026-03-12T06:00:00Z, 2026-03-11T14:00:00Z, false, 0",
        "Asia/Kolkata, 2026-03-12T06:00:00Z, 2026-03-11T18:00:00Z, true, 0",
        "Asia/Kolkata, 2026-03-12T06:00:00Z, 2026-03-11T19:00:00Z, true, 0",
        "Asia/Kolkata, 2026-03-12T06:00:00Z, 2026-03-12T05:00:00Z, true, 10",
        // The clocks go back: the hour from 2 comes twice.
        "Europe/Berlin, 2026-10-25T20:00:00Z, 2026-10-25T00:00:00Z, true, 2",
        "Europe/Berlin, 2026-10-25T20:00:00Z, 2026-10-25T01:00:00Z, true, 2",
        "Europe/Berlin, 2026-10-25T20:00:00Z, 2026-10-25T02:00:00Z, true, 3",
    })
    void shouldPlaceAWindowInAnHourOfTheDay(ZoneId zone, Instant now, Instant start, boolean ofTheDay, int hour)
            throws IOException {
        RecordedWindow window = RecordedWindow.of(
                TestWindows.hour("A", start.toString(), 1).toString().getBytes(StandardCharsets.UTF_8));

        AccountDay day = AccountDay.at(now, zone);

        assertThat(day.includes(window)).isEqualTo(ofTheDay);
        assertThat(day.hourOf(window)).isEqualTo(hour);
    }
}
