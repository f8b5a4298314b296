package io.callweave.console.feed;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers without a group, of committed records only. */
final class Consumers {

    private Consumers() {}

    static Consumer<byte[], byte[]> of(Map<String, Object> client) {
        Map<String, Object> configs = new HashMap<>();
        configs.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configs.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
        // All of it is parsed and written in one transaction.
        configs.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
        configs.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        // Partitions that are added are not known earlier.
        configs.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, "20000");
        // Without a broker, the page is to hear of it soon.
        configs.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");
        configs.putAll(client);
        configs.remove(ConsumerConfig.GROUP_ID_CONFIG);
        configs.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        configs.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        configs.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
