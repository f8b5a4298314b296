package io.callweave.runtime.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.runtime.progress.Progress.Offsets;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final TopicPartition ONE = new TopicPartition("notifications", 0);
    private static final TopicPartition OTHER = new TopicPartition("any-topic-between", 3);
    private static final int STEP_SECONDS = 5;

    private final Progress progress = new Progress(ProgressLimits.DEFAULT);
    private long now = -1_000;

    @Test
    void shouldFindAPartitionThatCommitsNothingForAMinuteWhileRecordsWait() {
        for (int i = 0; i < 12; i++) {
            answer(Map.of(ONE, new Offsets(7, 9, true), OTHER, new Offsets(i, 100, true)));
        }
        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.isTooLong()).isFalse());

        answer(Map.of(ONE, new Offsets(7, 9, true), OTHER, new Offsets(12, 100, true)));

        assertThat(progress.longest(now)).hasValueSatisfying(still -> {
            assertThat(still.partition()).isEqualTo(ONE);
            assertThat(still.offsets()).isEqualTo(new Offsets(7, 9, true));
            assertThat(still.time()).isEqualTo(Duration.ofSeconds(60));
            assertThat(still.isTooLong()).isTrue();
        });
    }

    @Test
    void shouldHavePatienceWithAPartitionThatWaitsForItsTurn() {
        for (int i = 0; i < 60; i++) {
            answer(Map.of(ONE, new Offsets(7, 9, false), OTHER, new Offsets(i, 100, true)));
        }
        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.isTooLong()).isFalse());

        answer(Map.of(ONE, new Offsets(7, 9, false), OTHER, new Offsets(60, 100, true)));

        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.isTooLong()).isTrue());
    }

    @Test
    void shouldHaveNoMorePatienceWhereNothingMoves() {
        for (int i = 0; i < 13; i++) {
            answer(Map.of(ONE, new Offsets(7, 9, false), OTHER, new Offsets(4, 4, false)));
        }

        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.isTooLong()).isTrue());
    }

    @Test
    void shouldFindNothingWhereNoRecordWaits() {
        repeat(50, new Offsets(7, 7, true), false);

        assertThat(progress.longest(now)).isEmpty();
    }

    @Test
    void shouldBeginToCountWhenARecordComesAfterALongRest() {
        repeat(50, new Offsets(7, 7, true), false);

        repeat(2, new Offsets(7, 8, true), false);

        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.time()).isEqualTo(Duration.ofSeconds(STEP_SECONDS)));
    }

    @Test
    void shouldCountAnewWithEachStepForward() {
        repeat(20, new Offsets(7, 9, true), false);

        answer(Map.of(ONE, new Offsets(8, 9, true)));

        assertThat(progress.longest(now)).isEmpty();
    }

    @Test
    void shouldCountNoTimeInWhichNoBrokerAnswered() {
        repeat(10, new Offsets(7, 9, true), false);
        progress.unanswered();
        assertThat(progress.longest(now)).isEmpty();
        now += Duration.ofMinutes(10).toNanos();

        repeat(10, new Offsets(7, 9, true), false);

        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.isTooLong()).isFalse());
    }

    @Test
    void shouldCountNoTimeInWhichATaskRestores() {
        repeat(10, new Offsets(7, 9, true), false);

        repeat(100, new Offsets(7, 9, true), true);

        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.time()).isEqualTo(Duration.ofSeconds(9 * STEP_SECONDS)));
    }

    @Test
    void shouldCountOnWhenATaskIsMadeAgainAndItsPartitionIsAwayForAMoment() {
        repeat(7, new Offsets(7, 9, true), false);
        answer(Map.of());
        answer(Map.of());

        repeat(7, new Offsets(7, 9, true), false);

        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.isTooLong()).isTrue());
    }

    @Test
    void shouldForgetAPartitionThatAnotherInstanceHas() {
        repeat(20, new Offsets(7, 9, true), false);

        for (int i = 0; i < 13; i++) {
            answer(Map.of());
        }

        assertThat(progress.longest(now)).isEmpty();
    }

    @Test
    void shouldNotCountAPauseOfThisProcess() {
        repeat(2, new Offsets(7, 9, true), false);
        now += Duration.ofHours(1).toNanos();

        answer(Map.of(ONE, new Offsets(7, 9, true)));

        assertThat(progress.longest(now))
                .hasValueSatisfying(still -> assertThat(still.isTooLong()).isFalse());
    }

    @Test
    void shouldSayNothingOnceTheLastAnswerIsOld() {
        repeat(20, new Offsets(7, 9, true), false);

        now += Duration.ofSeconds(61).toNanos();

        assertThat(progress.longest(now)).isEmpty();
    }

    private void repeat(int times, Offsets offsets, boolean restoring) {
        for (int i = 0; i < times; i++) {
            progress.answered(tick(), Map.of(ONE, offsets), restoring);
        }
    }

    private void answer(Map<TopicPartition, Offsets> offsets) {
        progress.answered(tick(), offsets, false);
    }

    private long tick() {
        now += Duration.ofSeconds(STEP_SECONDS).toNanos();
        return now;
    }
}
