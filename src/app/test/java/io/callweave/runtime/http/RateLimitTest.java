package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RateLimit limit = new RateLimit(nanos::get);

    @Test
    void shouldAdmitTwoSecondsWorthAtOnceAndThenTheRate() {
        assertThat(admitted("1", 100)).isEqualTo(20);
        nanos.addAndGet(500_000_000);
        assertThat(admitted("1", 100)).isEqualTo(5);
        nanos.addAndGet(60_000_000_000L);
        assertThat(admitted("1", 100)).isEqualTo(20);
    }

    @Test
    void shouldLetWhatComesLaterWaitForWhatCostMore() {
        assertThat(admitted("1", 1)).isEqualTo(1);
        limit.charge("1", 29);
        assertThat(admitted("1", 100)).isZero();
        nanos.addAndGet(2_000_000_000);
        assertThat(admitted("1", 100)).isEqualTo(10);
    }

    @Test
    void shouldAllowWithoutCountingUntilItIsCharged() {
        assertThat(limit.allows("1", 10)).isTrue();
        limit.charge("1", 49);
        assertThat(limit.allows("1", 10)).isFalse();
        nanos.addAndGet(3_000_000_000L);
        assertThat(limit.allows("1", 10)).isTrue();
        assertThat(admitted("1", 100)).isEqualTo(1);
    }

    private int admitted(String of, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += limit.admit(of, 10) ? 1 : 0;
        }
        return admitted;
    }
}
