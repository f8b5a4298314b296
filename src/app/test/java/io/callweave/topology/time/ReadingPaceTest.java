package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadingPaceTest {

    private final ReadingPace pace = new ReadingPace();

    @Test
    void shouldMeasureWhatItReadsInASecond() {
        pace.perSecond(0, 0);

        assertThat(pace.perSecond(2_000, seconds(2))).isEqualTo(1_000);
        assertThat(pace.perSecond(8_000, seconds(4))).isEqualTo(3_000);
    }

    @Test
    void shouldKeepThePaceThatItMeasuredLast() {
        pace.perSecond(0, 0);
        pace.perSecond(1_000, seconds(1));

        assertThat(pace.perSecond(1_001, seconds(1) + 1)).isEqualTo(1_000);
    }

    @Test
    void shouldNotTakeAQuietTimeForASlowMachine() {
        assertThat(pace.perSecond(0, 0)).isEqualTo(500);
        assertThat(pace.perSecond(1, seconds(60))).isEqualTo(500);
    }

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }
}
