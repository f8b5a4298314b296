package io.callweave.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.settings.value.PartitionBy;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topology.RecordAttempts.AtWork;
import io.callweave.topology.RecordAttempts.Repeated;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void shouldNotCountTheTimeThatKafkaLetAStepWait() {
        for (int i = 0; i < 3; i++) {
            attempts.begun(PARTITION, 100, true);
            nanoTime += Duration.ofSeconds(90).toNanos();
            attempts.waited(Duration.ofSeconds(89).toNanos());
        }

        assertThat(alarms).containsExactly(new Repeated(PARTITION, 100, 100, Duration.ofSeconds(1), 3));
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

    /** What the router gives to the stage of its own task is one attempt, not two. */
    @Test
    void shouldCountATaskOnceWhoseTwoProcessorsWorkOnTheRecord(@TempDir Path directory) {
        TopologyConfig config =
                StageContext.config(1, PartitionBy.ACCOUNT, (partition, lastOffset) -> OptionalLong.empty());
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "attempts");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        options.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        for (int i = 0; i < 3; i++) {
            assertThat(alarms).isEmpty();
            try (TopologyTestDriver driver =
                    new TopologyTestDriver(CallweaveTopology.build(config, attempts), options)) {
                driver.createInputTopic("test.notifications", new ByteArraySerializer(), new ByteArraySerializer())
                        .pipeInput(PhoneCall.call()
                                .inbound("+15550100002")
                                .hangUp()
                                .notifications()
                                .get(0)
                                .bytes());
                driver.advanceWallClockTime(Duration.ofSeconds(2));
            }
        }

        assertThat(alarms)
                .containsExactly(new Repeated(new TopicPartition("test.notifications", 0), 0, 0, Duration.ZERO, 3));
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
