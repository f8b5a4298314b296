package io.callweave.bench.competitors.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.competitors.flink.CheckpointedCounts.Subtask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckpointedCountsTest {

    @BeforeEach
    void clear() {
        CheckpointedCounts.clear();
    }

    @Test
    void shouldBeDoneWhenACompleteCheckpointHasEverything() {
        Subtask calls = CheckpointedCounts.ofCalls();
        Subtask windows = CheckpointedCounts.ofWindows();
        assertThat(CheckpointedCounts.isComplete(1)).isTrue();

        calls.received();
        calls.pending(1);
        windows.received();
        windows.pending(1);
        calls.snapshot(1);
        windows.snapshot(1);
        assertThat(CheckpointedCounts.isDone(1)).as("not complete").isFalse();
        calls.completed(1);
        windows.completed(1);
        assertThat(CheckpointedCounts.isDone(1)).as("not emitted").isFalse();

        windows.pending(-1);
        windows.snapshot(2);
        windows.completed(2);
        assertThat(CheckpointedCounts.isDone(1)).isTrue();
        assertThat(CheckpointedCounts.isDone(2)).as("more input").isFalse();
    }

    @Test
    void shouldWaitUntilTheWindowsHaveAllCalls() {
        Subtask calls = CheckpointedCounts.ofCalls();
        Subtask windows = CheckpointedCounts.ofWindows();
        calls.received();
        calls.pending(1);
        calls.snapshot(1);
        windows.snapshot(1);
        calls.completed(1);
        windows.completed(1);

        assertThat(CheckpointedCounts.isDone(1)).isFalse();
    }
}
