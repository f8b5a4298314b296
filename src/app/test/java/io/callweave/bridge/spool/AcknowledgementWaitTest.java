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

    @Test
    void shouldLookAgainAfterThisProcessStoodStill() {
        long taken = now;
        pass(Duration.ofSeconds(9));

        assertThat(wait.isTooLong(taken, 150 * MS, now)).isFalse();
        pass(Duration.ofMillis(20));
        assertThat(wait.isTooLong(null, 150 * MS, now)).isFalse();
    }

    /** As with little CPU: each look comes late. */
    @Test
    void shouldGiveUpAlsoWhereThisProcessStandsStillAgainAndAgain() {
        long taken = now;
        boolean tooLong = false;
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofMillis(100));
            tooLong |= wait.isTooLong(taken, 150 * MS, now);
        }

        assertThat(tooLong).isTrue();
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
