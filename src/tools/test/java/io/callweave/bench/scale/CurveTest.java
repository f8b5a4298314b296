package io.callweave.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.callweave.bench.throughput.BenchOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CurveTest {

    private static final ScaleOptions OPTIONS =
            new ScaleOptions(List.of(Curve.values()), 1_000_000, 100_000, 500_000, 3, false);
    private static final ScaleShape REFERENCE = ScaleShape.reference(OPTIONS);

    @Test
    void shouldReplaceLargerPointsByTheMost() {
        assertThat(Curve.LIVE.values(300_000)).containsExactly(1_000L, 10_000L, 100_000L, 300_000L);
        assertThat(Curve.SETTLED.values(100)).containsExactly(100L);
    }

    @Test
    void shouldLimitNothingButCalls() {
        assertThat(Curve.PARTITIONS.values(2)).containsExactly(1L, 4L, 12L, 48L);
    }

    @Test
    void shouldTakeTheSizesOfBenchTopologyAsReference() {
        BenchOptions reference = REFERENCE.options();

        assertThat(reference.partitions()).isEqualTo(12);
        assertThat(reference.threads()).isEqualTo(2);
        assertThat(reference.accounts()).isEqualTo(50);
        assertThat(reference.concurrentCalls()).isEqualTo(1_000);
        assertThat(reference.aged()).isEqualTo(50_000);
        assertThat(reference.linkedPercent()).isEqualTo(15);
    }

    @Test
    void shouldKeepSettledCallsLongerThanCallsTakeInASmallRun() {
        BenchOptions small = ScaleShape.reference(new ScaleOptions(List.of(Curve.SETTLED), 300, 500, 0, 1, false))
                .options();

        assertThat(small.aged()).isEqualTo(300);
        assertThat(small.concurrentCalls()).isEqualTo(30);
    }

    @ParameterizedTest
    @EnumSource
    void shouldChangeASizeAtEveryPoint(Curve curve) {
        List<Long> values = curve.values(1_000_000);

        assertThat(values.stream().map(value -> curve.options(REFERENCE, value)).distinct())
                .hasSameSizeAs(values);
    }

    @Test
    void shouldCloseNoCallWhereLiveOnesGrow() {
        assertThat(Curve.LIVE.options(REFERENCE, 100_000).aged()).isZero();
    }

    @Test
    void shouldMakeSettledCallsOnceForBothOfTheirCurves() {
        assertThat(OPTIONS.isRestoredWhenSettled(1_000_000)).isTrue();
        assertThat(OPTIONS.isRestoredWhenSettled(10_000)).isFalse();
        assertThat(new ScaleOptions(List.of(Curve.RESTORE), 1_000_000, 100_000, 0, 3, false)
                        .isRestoredWhenSettled(1_000_000))
                .isFalse();
    }

    @Test
    void shouldNameAllCurvesWhereOneIsUnknown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Curve.of("size"))
                .withMessage("'size' is none of live, settled, partitions, threads, accounts, linked, restore");
    }
}
