package io.callweave.topology;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Makes the clients of Kafka Streams as usual, and keeps hold of the consumers, because only they know whether a partition
 * has more to read. "Nothing came for a while" does not tell: with a backlog, some partition always waits for its turn.
 */
public final class ConsumerReadAhead implements KafkaClientSupplier, ReadAhead {

    private static final String CONSUMER_SUFFIX = "-consumer";

    /** By name of the stream thread, which is the only one to use its consumer. */
    private final Map<String, Consumer<byte[], byte[]>> consumers = new ConcurrentHashMap<>();

    /** Positions at which a partition was found without lag, but not processed up to there. */
    private final Map<TopicPartition, Look> looks = new ConcurrentHashMap<>();

    private record Look(long position, long lastOffset) {}

    @Override
    public boolean isDrained(TopicPartition partition, long lastOffset) {
        Consumer<byte[], byte[]> consumer = consumers.get(Thread.currentThread().getName());
        if (consumer == null || !consumer.assignment().contains(partition)) {
            return false;
        }
        OptionalLong lag = consumer.currentLag(partition);
        if (lag.isEmpty() || lag.getAsLong() > 0) {
            return false;
        }
        long position = consumer.position(partition);
        if (lastOffset + 1 >= position) {
            return true;
        }
        // What lies between is buffered, or nothing but transaction markers: then two looks see the same.
        Look look = new Look(position, lastOffset);
        return look.equals(looks.put(partition, look));
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        Consumer<byte[], byte[]> consumer = newConsumer(config);
        remember(config, consumer);
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

    void remember(Map<String, Object> config, Consumer<byte[], byte[]> consumer) {
        String clientId = String.valueOf(config.get(CommonClientConfigs.CLIENT_ID_CONFIG));
        if (clientId.endsWith(CONSUMER_SUFFIX)) {
            consumers.put(clientId.substring(0, clientId.length() - CONSUMER_SUFFIX.length()), consumer);
        }
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return newConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return newConsumer(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    private static Consumer<byte[], byte[]> newConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
