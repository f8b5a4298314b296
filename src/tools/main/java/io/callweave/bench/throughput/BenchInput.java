package io.callweave.bench.throughput;

import io.callweave.bench.traffic.InputPartitions;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A part of the input, written in one transaction. The topologies see all of it at the moment of the commit, so that
 * their start is not measured.
 */
public final class BenchInput implements LiveTraffic.Sink, AutoCloseable {

    private static final int LINGER_MILLIS = 20;
    private static final int BATCH_BYTES = 128 << 10;

    /** The most that a broker allows by default. */
    private static final int TRANSACTION_TIMEOUT_MILLIS = 15 * 60_000;

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final InputPartitions partitions;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /** Begins the transaction. */
    public BenchInput(String bootstrapServers, String topic, InputPartitions partitions) {
        this.topic = topic;
        this.partitions = partitions;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, topic + "-input",
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS,
                        ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                        ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
    }

    @Override
    public void send(String session, byte[] notification, long receivedAt) {
        byte[] key = session.getBytes(StandardCharsets.US_ASCII);
        var unused = producer.send(
                new ProducerRecord<>(topic, partitions.of(notification), receivedAt, key, notification),
                (metadata, exception) -> {
                    if (exception == null) {
                        // One thread calls back.
                        ends.merge(
                                new TopicPartition(metadata.topic(), metadata.partition()),
                                metadata.offset() + 1,
                                Math::max);
                    } else {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    /** When this returns, everything is on the broker, but not visible yet. */
    public void flush() {
        producer.flush();
        Exception exception = failure.get();
        if (exception != null) {
            throw new LocalException(
                    "The input of the benchmark cannot be written: " + exception.getMessage() + ".", exception);
        }
    }

    /** Makes it visible to the topologies. */
    public void commit() {
        producer.commitTransaction();
    }

    /** For each partition, the offset that is committed when all work is done. Call this after {@link #flush}. */
    public Map<TopicPartition, Long> ends() {
        return Map.copyOf(ends);
    }

    @Override
    public void close() {
        producer.close();
    }
}
