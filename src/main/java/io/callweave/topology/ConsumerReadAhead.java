package io.callweave.topology;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Makes the clients of Kafka Streams as usual, and keeps hold of the consumers, because only they know whether a partition
 * has more to read. "Nothing came for a while" does not tell: with a backlog, some partition always waits for its turn.
 */
public final class ConsumerReadAhead implements KafkaClientSupplier, ReadAhead {

    private static final String CONSUMER_SUFFIX = "-consumer";

    /** By name of the stream thread, which is the only one to use its consumer. */
    private final Map<String, Reader> readers = new ConcurrentHashMap<>();

    private record Reader(Consumer<byte[], byte[]> consumer, Delivered delivered) {}

    @Override
    public void started(TopicPartition partition) {
        Reader reader = readers.get(Thread.currentThread().getName());
        if (reader != null) {
            reader.delivered().forget(partition);
        }
    }

    @Override
    public boolean isDrained(TopicPartition partition, long lastOffset) {
        Reader reader = readers.get(Thread.currentThread().getName());
        if (reader == null || !reader.consumer().assignment().contains(partition)) {
            return false;
        }
        OptionalLong lag = reader.consumer().currentLag(partition);
        if (lag.isEmpty() || lag.getAsLong() > 0) {
            return false;
        }
        // Without lag, what was delivered may still be in the task's buffer.
        Long delivered = reader.delivered().lastOf(partition);
        return delivered == null || delivered <= lastOffset;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        DeliveringConsumer consumer = new DeliveringConsumer(config);
        remember(config, consumer, consumer.delivered);
        return consumer;
    }

    /** Options that Kafka Streams has to be started with where {@code group.protocol} may be {@code streams}. */
    public Map<String, Object> options() {
        return Map.of(
                StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER,
                StreamsProtocolConsumer.class,
                StreamsProtocolConsumer.READ_AHEAD,
                this);
    }

    void remember(Map<String, Object> config, Consumer<byte[], byte[]> consumer, Delivered delivered) {
        String clientId = String.valueOf(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
        if (clientId.endsWith(CONSUMER_SUFFIX)) {
            String thread = clientId.substring(0, clientId.length() - CONSUMER_SUFFIX.length());
            readers.put(thread, new Reader(consumer, delivered));
        }
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

        private final Delivered delivered = new Delivered();

        DeliveringConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            return delivered.note(super.poll(timeout));
        }
    }
}
