package io.callweave.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PacingTest {

    private static final Instant FIRST = Instant.parse("2026-03-02T09:00:00Z");
    private static final Instant STARTED = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void shouldNotWaitAtFullSpeed() {
        assertThat(new Pacing.Full().due(1000, FIRST.plusSeconds(60), FIRST, STARTED))
                .isEqualTo(STARTED);
    }

    @Test
    void shouldTakeAsLongAsInLife() {
        assertThat(new Pacing.Speed(1).due(1000, FIRST.plusSeconds(60), FIRST, STARTED))
                .isEqualTo(STARTED.plusSeconds(60));
    }

    @Test
    void shouldWaitUntilItHappens() {
        Instant tenSecondsLater = STARTED.plusSeconds(10);

        assertThat(new Pacing.Live().due(0, tenSecondsLater, tenSecondsLater, STARTED))
                .isEqualTo(tenSecondsLater);
    }

    @Test
    void shouldTakeAMinuteForAnHourAtSpeedSixty() {
        assertThat(new Pacing.Speed(60).due(1000, FIRST.plusSeconds(3600), FIRST, STARTED))
                .isEqualTo(STARTED.plusSeconds(60));
    }

    @Test
    void shouldSendSoManyASecond() {
        assertThat(new Pacing.Rate(200).due(1000, FIRST, FIRST, STARTED)).isEqualTo(STARTED.plusSeconds(5));
    }
}
