package io.callweave.deliver.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.receipt.ChangelogReceipts;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.runtime.options.RocksDbMemory;
import io.callweave.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class DeliverOptionsTest {

    /** Of a call with as many parties as one may have; a twentieth of it is fetched. */
    private static final long LARGE_BYTES = 2 << 20;

    /** All partitions of an instance can have one that waits for what is older in another topic. */
    @Test
    void shouldHaveFewLargeRecordsInMemoryHoweverWellTheyAreCompressed() {
        for (int threads : new int[] {1, 8}) {
            StreamsConfig config = config(Map.of("streams.num.stream.threads", Integer.toString(threads)));
            Map<String, Object> consumer = config.getMainConsumerConfigs("group", "client", 1);
            long polled = number(consumer, "max.poll.records");

            assertThat(threads * polled * LARGE_BYTES)
                    .isLessThanOrEqualTo(
                            Math.max(threads * LARGE_BYTES, Runtime.getRuntime().maxMemory() / 16));
            assertThat(number(consumer, "max.partition.fetch.bytes")).isLessThan(LARGE_BYTES / 20);
            assertThat(config.getInt(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG))
                    .isOne();
        }
    }

    @Test
    void shouldTakeTheSizesThatTheOperatorSets() {
        StreamsConfig config = config(Map.of(
                "streams.buffered.records.per.partition",
                "7",
                "streams.consumer.max.poll.records",
                "8",
                "streams.main.consumer.max.partition.fetch.bytes",
                "9"));
        Map<String, Object> consumer = config.getMainConsumerConfigs("group", "client", 1);

        assertThat(config.getInt(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG))
                .isEqualTo(7);
        assertThat(number(consumer, "max.poll.records")).isEqualTo(8);
        assertThat(number(consumer, "max.partition.fetch.bytes")).isEqualTo(9);
    }

    private static StreamsConfig config(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("bootstrap.servers", "kafka:9092"));
        settings.putAll(more);
        DeliverOptions options =
                DeliverOptions.of(Settings.load(settings, Map.of(), Optional.empty()), Map.of(), Optional.empty());
        try (RocksDbMemory memory = RocksDbMemory.byDefault()) {
            return new StreamsConfig(options.kafkaStreams(
                    memory,
                    new CommittedOffsets(partitions -> {}),
                    new DeadLetterReceipts(),
                    new ChangelogReceipts("changelog"),
                    "localhost:1"));
        }
    }

    private static long number(Map<String, Object> config, String name) {
        return Long.parseLong(String.valueOf(config.get(name)));
    }
}
