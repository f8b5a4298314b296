package io.callweave.bridge.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which hours are compared, and which again. */
class AuditTimesTest {

    private static final AuditTimes TIMES =
            new AuditTimes(Duration.ofHours(1), Duration.ofMinutes(15), Duration.ofDays(4));

    @Test
    void shouldBeginWithTheLastHourOfWhichAllCallsHaveSettled() {
        assertThat(due(Map.of(), "2026-03-02T10:14:59Z")).isEqualTo(period("2026-03-02T08:00:00Z", 1));
        assertThat(due(Map.of(), "2026-03-02T10:15:00Z")).isEqualTo(period("2026-03-02T09:00:00Z", 1));
    }

    @Test
    void shouldGoOnAfterTheLastHour() {
        assertThat(due(Map.of(hour(8), true), "2026-03-02T11:20:00Z")).isEqualTo(period("2026-03-02T09:00:00Z", 2));
        assertThat(due(Map.of(hour(8), true, hour(9), true), "2026-03-02T10:20:00Z"))
                .isNull();
    }

    @Test
    void shouldCompareAgainWhatIsNotFinal() {
        Map<Long, Boolean> done = Map.of(hour(7), true, hour(8), false, hour(9), true);

        assertThat(due(done, "2026-03-02T10:20:00Z")).isEqualTo(period("2026-03-02T08:00:00Z", 2));
        assertThat(due(Map.of(hour(8), false, hour(9), true, hour(15), true), "2026-03-02T16:20:00Z"))
                .isEqualTo(period("2026-03-02T10:00:00Z", 6));
    }

    @Test
    void shouldCompareEachHourThatItWasAway() {
        Map<Long, Boolean> done = Map.of(hour(8), false, hour(9), true);

        assertThat(due(done, "2026-03-02T18:20:00Z")).isEqualTo(period("2026-03-02T10:00:00Z", 8));
        assertThat(due(done, "2026-03-04T18:20:00Z")).isEqualTo(period("2026-03-02T10:00:00Z", 24));
        assertThat(due(done, "2026-03-10T18:20:00Z")).isEqualTo(period("2026-03-06T18:00:00Z", 24));
    }

    private static Auditor.Period due(Map<Long, Boolean> done, String now) {
        return TIMES.due(done, Instant.parse(now));
    }

    private static long hour(int hour) {
        return Instant.parse("2026-03-02T00:00:00Z")
                .plus(Duration.ofHours(hour))
                .toEpochMilli();
    }

    private static Auditor.Period period(String from, int hours) {
        Instant start = Instant.parse(from);
        return new Auditor.Period(
                start.toEpochMilli(), start.plus(Duration.ofHours(hours)).toEpochMilli());
    }
}
