package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitScheduleTest {

    private final AtomicLong behindMs = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong(1);
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final SourceProgress readAhead = new SourceProgress() {
        @Override
        public OptionalLong drainedAt(TopicPartition partition, long lastOffset) {
            return OptionalLong.empty();
        }

        @Override
        public long nanosBehind(String forAll) {
            return forAll.equals("in") ? TimeUnit.MILLISECONDS.toNanos(behindMs.get()) : 0;
        }
    };
    private final CommitSchedule commits = new CommitSchedule(readAhead, "in", nanos::get);

    @BeforeEach
    void start() {
        commits.start(context);
    }

    @Test
    void shouldNotAskWhereNothingWasDone() {
        tickAfter(1_000);

        assertThat(context.committed()).isFalse();
    }

    @Test
    void shouldAskWithinATenthOfASecond() {
        commits.worked();
        tickAfter(59);
        assertThat(context.committed()).isFalse();
        tickAfter(1);

        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldNotAskAgainBeforeMoreIsDone() {
        commits.worked();
        tickAfter(100);
        context.resetCommit();
        tickAfter(1_000);

        assertThat(context.committed()).isFalse();
    }

    @Test
    void shouldWaitForAsLongAsTheThreadIsBehind() {
        behindMs.set(300);
        commits.worked();
        tickAfter(100);
        tickAfter(199);
        assertThat(context.committed()).isFalse();
        assertThat(commits.isFarBehind()).isFalse();
        tickAfter(1);

        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldLeaveItToTheIntervalWhileTheThreadIsFarBehind() {
        behindMs.set(1_000);
        commits.worked();
        tickAfter(500);
        assertThat(context.committed()).isFalse();
        assertThat(commits.isFarBehind()).isTrue();
        behindMs.set(0);
        tickAfter(100);

        assertThat(context.committed()).isTrue();
        assertThat(commits.isFarBehind()).isFalse();
    }

    private void tickAfter(long millis) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(0);
    }
}
