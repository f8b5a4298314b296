package io.callweave.console.feed;

import io.callweave.topics.PolledRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Consumers without a group, of committed records only. */
final class Consumers {

    /** What is parsed and written together. */
    private static final int TOGETHER = 2_000;

    private static final int TOGETHER_BYTES = 8 << 20;

    /** Of one partition, where single records are wanted: the batch of the first one comes also if it is larger. */
    static final int SINGLE_BYTES = 64 << 10;

    private Consumers() {}

    /** Waits for a record, and takes what else is there already: each transaction costs more than most of what it writes. */
    static ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration patience) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> together = new HashMap<>();
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(patience);
        int count = 0;
        long bytes = 0;
        while (!polled.isEmpty()) {
            for (ConsumerRecord<byte[], byte[]> each : polled) {
                together.computeIfAbsent(new TopicPartition(each.topic(), each.partition()), added -> new ArrayList<>())
                        .add(each);
                count++;
                bytes += each.value() == null ? 0 : each.value().length;
            }
            if (count >= TOGETHER || bytes >= TOGETHER_BYTES) {
                break;
            }
            polled = consumer.poll(Duration.ZERO);
        }
        return new ConsumerRecords<>(together, polled.nextOffsets());
    }

    /** For single records: others can lie between them that are large, and are read in vain. */
    static Consumer<byte[], byte[]> ofSingle(Map<String, Object> client) {
        Map<String, Object> configs = new HashMap<>(client);
        configs.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(SINGLE_BYTES));
        configs.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1");
        // What comes next is asked for ahead, also at the end; the next place waits for that.
        configs.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10");
        return of(configs);
    }

    static Consumer<byte[], byte[]> of(Map<String, Object> client) {
        Map<String, Object> configs = new HashMap<>();
        configs.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        configs.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
        configs.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(8 << 20));
        configs.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, PolledRecords.ofEach(1));
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
