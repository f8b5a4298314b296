package io.callweave.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read as java.time reads them. */
class TimestampsTest {

    private static final long DAY_MS = 86_400_000;

    @Test
    void shouldReadEachDayAsItWasWritten() {
        long last = LocalDate.of(2105, 1, 1).toEpochDay();
        for (long day = LocalDate.of(1895, 1, 1).toEpochDay(); day < last; day++) {
            long millis = day * DAY_MS + Math.floorMod(day * 7_919_317, DAY_MS);
            assertThat(Timestamps.millis(Timestamps.iso(millis))).isEqualTo(millis);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
                "2024-02-29T12:34:56.789Z",
                "2026-03-02T24:00:00.000Z",
                "2016-12-31T23:59:60.000Z",
                "2026-03-02t09:00:00.000z",
                "2026-03-02T09:00:00Z",
                "2026-03-02T09:00:00.0Z",
                "2026-03-02T09:00:00.123456Z",
                "-2026-03-02T09:00:00.00Z"
            })
    void shouldReadWhatAnInstantCanBe(String iso) {
        assertThat(Timestamps.millis(iso)).isEqualTo(Instant.parse(iso).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2023-02-29T00:00:00.000Z",
                "2026-00-01T00:00:00.000Z",
                "2026-13-01T00:00:00.000Z",
                "2026-04-31T00:00:00.000Z",
                "2026-04-00T00:00:00.000Z",
                "2026-04-01T25:00:00.000Z",
                "2026-04-01T00:60:00.000Z",
                "2026-04-01T00:00:61.000Z",
                "2026-04-01 00:00:00.000Z",
                "2026-04-01T00:00:00.-01Z",
                "2026-04-01T00:00:00.\u0661\u0661\u0661Z"
            })
    void shouldReadNothingElse(String iso) {
        assertThatThrownBy(() -> Timestamps.millis(iso)).isInstanceOf(DateTimeException.class);
    }
}
