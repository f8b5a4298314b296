package io.callweave.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.settings.value.PartitionBy;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topology.time.SourceProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of which topic a thread asks whether another thread is far behind. */
class FarBehindTopicTest {

    private final Set<String> asked = new HashSet<>();

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"SESSION, test.notifications", "ACCOUNT, ''"})
    @Timeout(60)
    void shouldBeTheTopicThatIsRoutedToAll(PartitionBy partitionBy, String topic) throws InterruptedException {
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "far-behind");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        options.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        TopologyConfig config = StageContext.config(1, new Asked()).partitionedBy(partitionBy);
        try (TopologyTestDriver driver = new TopologyTestDriver(CallweaveTopology.build(config), options)) {
            driver.createInputTopic("test.notifications", new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(PhoneCall.call()
                            .inbound("+15550100002")
                            .hangUp()
                            .notifications()
                            .get(0)
                            .bytes());
            while (asked.isEmpty()) {
                Thread.sleep(10); // how old the work is, System.nanoTime() tells
                driver.advanceWallClockTime(Duration.ofMillis(100));
            }
        }

        assertThat(asked).containsExactly(topic);
    }

    private final class Asked implements SourceProgress {

        @Override
        public boolean isFarBehind(String forAll) {
            asked.add(forAll);
            return false;
        }

        @Override
        public OptionalLong drainedAt(TopicPartition partition, long lastOffset) {
            return OptionalLong.empty();
        }
    }
}
