package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RatesTest {

    private final AtomicLong second = new AtomicLong(100);
    private final Rates rates = new Rates(() -> TimeUnit.SECONDS.toNanos(second.get()));

    @Test
    void shouldCountWholeSecondsAndForgetOldOnes() {
        for (int i = 0; i < 10; i++) {
            rates.count("calls", 5);
            second.incrementAndGet();
        }

        assertThat(rates.perSecond()).containsEntry("calls", 5.0);
        second.addAndGet(5);
        assertThat(rates.perSecond()).containsEntry("calls", 2.5);
        second.addAndGet(1_000);
        assertThat(rates.perSecond()).containsEntry("calls", 0.0);
    }
}
