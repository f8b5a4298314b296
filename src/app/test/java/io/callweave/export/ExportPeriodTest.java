package io.callweave.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportPeriodTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "2026-03-01, 2026-02-28T23:00:00Z",
        "2026-07-01, 2026-06-30T22:00:00Z",
        "2026-03-01T08:00Z, 2026-03-01T08:00:00Z",
        "2026-03-01T08:00:00.5+01:00, 2026-03-01T07:00:00.500Z",
        "2026-03-01T08:00+01:00[Europe/Berlin], 2026-03-01T07:00:00Z"
    })
    void shouldReadDatesInTheZoneAndTimesWithTheirOwn(String text, Instant time) {
        assertThat(ExportPeriod.parse(text, BERLIN)).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "today", "2026-02-30", "2026-03-01T08:00", "08:00Z", "1772352000000"})
    void shouldRefuseWhatIsNotOneMoment(String text) {
        assertThatThrownBy(() -> ExportPeriod.parse(text, BERLIN)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void shouldContainItsFirstMomentAndNotItsLast() {
        ExportPeriod period = new ExportPeriod(10, 20);

        assertThat(period.contains(9)).isFalse();
        assertThat(period.contains(10)).isTrue();
        assertThat(period.contains(19)).isTrue();
        assertThat(period.contains(20)).isFalse();
    }
}
