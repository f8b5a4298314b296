package io.callweave.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofHours(1)), Duration.ofDays(3));

    @Test
    void shouldAttemptOnceMoreThanThereAreDelays() {
        assertThat(SCHEDULE.attempts()).isEqualTo(3);
        assertThat(SCHEDULE.next("id", 3, 0)).isEmpty();
    }

    @Test
    void shouldKeepTheJitterWithinATenth() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(SCHEDULE.next("id" + i, 1, 5_000).orElseThrow()).isBetween(14_000L, 16_000L);
        }
    }

    @Test
    void shouldGiveTheSameTimeInEachComputation() {
        assertThat(SCHEDULE.next("call_1", 2, 0)).isEqualTo(SCHEDULE.next("call_1", 2, 0));
    }

    @Test
    void shouldSpreadWhatFailedTogether() {
        assertThat(List.of("a", "b", "c", "d", "e").stream()
                        .map(id -> SCHEDULE.next(id, 1, 0).orElseThrow())
                        .distinct())
                .hasSizeGreaterThan(2);
    }

    @Test
    void shouldExpireWhatIsOlderThanItKeeps() {
        long days = Duration.ofDays(3).toMillis();

        assertThat(SCHEDULE.isExpired(0, days)).isFalse();
        assertThat(SCHEDULE.isExpired(0, days + 1)).isTrue();
    }
}
