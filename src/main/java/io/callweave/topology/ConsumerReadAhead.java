package io.callweave.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the clients of Kafka Streams as usual, and keeps hold of the consumers, because only they know whether a partition
 * has more to read. "Nothing came for a while" does not tell: with a backlog, some partition always waits for its turn.
 */
public final class ConsumerReadAhead implements KafkaClientSupplier, ReadAhead {

    private static final String CONSUMER_SUFFIX = "-consumer";

    /** By name of the stream thread, which is the only one to use its consumer. */
    private final Map<String, DeliveringConsumer> consumers = new ConcurrentHashMap<>();

    @Override
    public void started(TopicPartition partition) {
        DeliveringConsumer consumer = consumers.get(Thread.currentThread().getName());
        if (consumer != null) {
            consumer.delivered.remove(partition);
        }
    }

    @Override
    public boolean isDrained(TopicPartition partition, long lastOffset) {
        DeliveringConsumer consumer = consumers.get(Thread.currentThread().getName());
        if (consumer == null || !consumer.assignment().contains(partition)) {
            return false;
        }
        OptionalLong lag = consumer.currentLag(partition);
        if (lag.isEmpty() || lag.getAsLong() > 0) {
            return false;
        }
        // Without lag, what was delivered may still be in the task's buffer.
        Long delivered = consumer.delivered.get(partition);
        return delivered == null || delivered <= lastOffset;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        DeliveringConsumer consumer = new DeliveringConsumer(config);
        String clientId = String.valueOf(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
        if (clientId.endsWith(CONSUMER_SUFFIX)) {
            consumers.put(clientId.substring(0, clientId.length() - CONSUMER_SUFFIX.length()), consumer);
        }
        return consumer;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new DeliveringConsumer(config);
    }

    @Override
    public @Nullable Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return new DeliveringConsumer(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    /** Remembers the offset of the last record that it gave out of each partition. */
    private static final class DeliveringConsumer extends KafkaConsumer<byte[], byte[]> {

        private final Map<TopicPartition, Long> delivered = new ConcurrentHashMap<>();

        DeliveringConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            ConsumerRecords<byte[], byte[]> polled = super.poll(timeout);
            for (TopicPartition partition : polled.partitions()) {
                List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
                delivered.put(partition, records.get(records.size() - 1).offset());
            }
            return polled;
        }
    }
}
