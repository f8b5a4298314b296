package io.callweave.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.topology.RecordAttempts.AtWork;
import io.callweave.topology.RecordAttempts.Repeated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RecordAttemptsTest {

    private static final TopicPartition PARTITION = new TopicPartition("notifications", 3);

    private final List<Repeated> alarms = new ArrayList<>();
    private long nanoTime = -1;
    private final RecordAttempts attempts = new RecordAttempts(() -> nanoTime, alarms::add);

    @Test
    void shouldNameTheSlowestRecordOfATaskThatBeginsForTheThirdTime() {
        for (int i = 0; i < 3; i++) {
            step(100, true, 1);
            step(101, false, 12_000);
            attempts.begun(PARTITION, 102, false);
        }

        assertThat(alarms).containsExactly(new Repeated(PARTITION, 100, 101, Duration.ofSeconds(12), 3));
    }

    @Test
    void shouldNameARecordWhoseStepNeverEnded() {
        attempts.begun(PARTITION, 100, true);
        nanoTime += Duration.ofMinutes(5).toNanos();
        attempts.begun(PARTITION, 100, true);
        nanoTime += Duration.ofMinutes(6).toNanos();
        attempts.begun(PARTITION, 100, true);

        assertThat(alarms).containsExactly(new Repeated(PARTITION, 100, 100, Duration.ofMinutes(6), 3));
    }

    @Test
    void shouldSayNothingWhereSomethingWasCommittedInBetween() {
        for (int offset = 0; offset < 10; offset++) {
            step(offset, true, 1);
            step(offset, true, 1);
        }

        assertThat(alarms).isEmpty();
    }

    @Test
    void shouldSpeakAgainOnlyWhenTheAttemptsHaveDoubled() {
        for (int i = 0; i < 30; i++) {
            step(100, true, 1);
        }

        assertThat(alarms).extracting(Repeated::attempts).containsExactly(3, 6, 12, 24);
    }

    @Test
    void shouldTellWhichRecordIsAtWork() {
        attempts.begun(PARTITION, 100, true);
        nanoTime += Duration.ofSeconds(7).toNanos();

        assertThat(attempts.atWork(PARTITION)).contains(new AtWork(100, Duration.ofSeconds(7)));
        attempts.done(PARTITION);
        assertThat(attempts.atWork(PARTITION)).isEmpty();
        assertThat(attempts.atWork(new TopicPartition("other", 3))).isEmpty();
    }

    private void step(long offset, boolean first, long millis) {
        attempts.begun(PARTITION, offset, first);
        nanoTime += Duration.ofMillis(millis).toNanos();
        attempts.done(PARTITION);
    }
}
