package io.callweave.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.callweave.bench.traffic.CallTemplate;
import io.callweave.bench.traffic.CallTemplates;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long NOW = 1_800_000_000_000L;

    /** A call of ten notifications in 100 s. */
    private static final CallTemplate CALL = new CallTemplate(
            List.of(
                    message(0),
                    message(0),
                    message(0),
                    message(0),
                    message(0),
                    message(0),
                    message(0),
                    message(0),
                    message(0),
                    message(100_000)),
            1,
            0,
            1);

    private static final CallTemplates TEMPLATES = new CallTemplates(List.of(), List.of(CALL), List.of(CALL));

    private static CallTemplate.Message message(long after) {
        return new CallTemplate.Message(0, after, List.of());
    }

    private static BenchOptions options(long aged) {
        return options(1_000, aged);
    }

    private static BenchOptions options(int calls, long aged) {
        return new BenchOptions(10_000, 0, 2, 12, 2, 50, calls, aged, 15);
    }

    @Test
    void shouldRunAsManyCallsAtATimeAsRequested() {
        Pace pace = Pace.of(options(0), 0, TEMPLATES, NOW);

        assertThat(pace.gap()).isEqualTo(100);
    }

    @Test
    void shouldRunAMillionCallsAtATime() {
        Pace pace = Pace.of(options(1_000_000, 0), 0, TEMPLATES, NOW);

        assertThat(pace.gap()).isEqualTo(0.1);
    }

    @Test
    void shouldKeepAsManySettledCallsAsRequested() {
        Pace pace = Pace.of(options(5_000), 0, TEMPLATES, NOW);

        assertThat(pace.lateWindow()).isEqualTo(500_000);
    }

    @Test
    void shouldCloseNoCallIfNoSettledCallsAreRequested() {
        Pace pace = Pace.of(options(0), 0, TEMPLATES, NOW);

        assertThat(pace.lateWindow()).isGreaterThan(NOW - pace.start());
    }

    @Test
    void shouldBeOverBeforeNow() {
        Pace pace = Pace.of(options(5_000), 0, TEMPLATES, NOW);

        long traffic = (long) ((5_000 + 4 * 1_000 + 20_000 / 10) * pace.gap());
        assertThat(pace.start() + traffic).isLessThan(NOW);
        assertThat(NOW - pace.start()).isCloseTo(Duration.ofDays(1).toMillis(), within(2 * traffic));
    }
}
