package io.callweave.bridge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AcknowledgementWaitTest {

    private static final long MS = 1_000_000;

    private long now = 17;
    private final AcknowledgementWait wait = new AcknowledgementWait(Duration.ofSeconds(1), now);

    @Test
    void shouldWaitLongerBeforeItKnowsWhatIsUsual() {
        acknowledged(99, 2);

        assertThat(wait.atMost(now)).isEqualTo(400 * MS);
    }

    @Test
    void shouldNotTakeAShortPauseOfFastBrokersForAnOutage() {
        acknowledged(100, 2);

        assertThat(wait.atMost(now)).isEqualTo(150 * MS);
    }

    @Test
    void shouldWaitFiveTimesTheLongestOfTheLastSeconds() {
        acknowledged(100, 2);
        acknowledged(1, 80);

        assertThat(wait.atMost(now)).isEqualTo(400 * MS);
    }

    @Test
    void shouldNeverWaitLongerThanTheSetting() {
        acknowledged(100, 900);

        assertThat(wait.atMost(now)).isEqualTo(1_000 * MS);
    }

    @Test
    void shouldForgetASlowMoment() {
        acknowledged(100, 80);
        pass(Duration.ofSeconds(11));
        acknowledged(100, 2);
        pass(Duration.ofSeconds(11));
        acknowledged(100, 2);

        assertThat(wait.atMost(now)).isEqualTo(150 * MS);
    }

    @Test
    void shouldWaitTwiceAsLongAfterItWasExhaustedAndCalmDownAMinuteLater() {
        acknowledged(100, 2);

        wait.exhausted(now);

        assertThat(wait.atMost(now)).isEqualTo(300 * MS);
        pass(Duration.ofSeconds(61));
        acknowledged(100, 2);
        assertThat(wait.atMost(now)).isEqualTo(150 * MS);
    }

    private void acknowledged(int records, long afterMs) {
        for (int i = 0; i < records; i++) {
            wait.acknowledged(afterMs * MS, now);
        }
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
