package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {

    private final ReadingPace pace = new ReadingPace();

    @Test
    void shouldNotBeBehindWhereNothingIsLeft() {
        assertThat(pace.isFarBehind(0, 0, 0)).isFalse();
        assertThat(pace.isFarBehind(0, 0, seconds(1))).isFalse();
    }

    @Test
    void shouldCompareWhatIsLeftWithWhatItReadsInASecond() {
        pace.isFarBehind(0, 0, 0);

        assertThat(pace.isFarBehind(2_000, 1_000, seconds(2))).isFalse();
        assertThat(pace.isFarBehind(4_000, 1_001, seconds(4))).isTrue();
    }

    @Test
    void shouldKeepThePaceThatItMeasuredLast() {
        pace.isFarBehind(0, 0, 0);
        pace.isFarBehind(1_000, 1, seconds(1));

        assertThat(pace.isFarBehind(1_001, 900, seconds(1) + 1)).isFalse();
    }

    @Test
    void shouldNotTakeOneCallAfterAQuietTimeForABacklog() {
        pace.isFarBehind(0, 0, 0);

        assertThat(pace.isFarBehind(1, 20, seconds(60))).isFalse();
        assertThat(pace.isFarBehind(1, 10_000, seconds(61))).isTrue();
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
