package io.callweave.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurveTest {

    private static final BenchOptions REFERENCE = new BenchOptions(100_000, 500_000, 3, 12, 2, 50, 1_000, 50_000, 15);

    @Test
    void shouldReplaceLargerPointsByTheMost() {
        assertThat(Curve.LIVE.values(300_000)).containsExactly(1_000, 10_000, 100_000, 300_000);
        assertThat(Curve.SETTLED.values(100)).containsExactly(100);
    }

    @Test
    void shouldLimitNothingButCalls() {
        assertThat(Curve.PARTITIONS.values(2)).containsExactly(1, 4, 12, 48);
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeASizeAtEveryPoint(Curve curve) {
        List<Integer> values = curve.values(1_000_000);

        assertThat(values.stream().map(value -> curve.at(value, REFERENCE)).distinct())
                .hasSameSizeAs(values);
    }

    @Test
    void shouldCloseNoCallWhereLiveOnesGrow() {
        assertThat(Curve.LIVE.at(100_000, REFERENCE).aged()).isZero();
    }
}
