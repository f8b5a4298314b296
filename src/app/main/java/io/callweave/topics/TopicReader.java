package io.callweave.topics;

import io.callweave.files.LocalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is on a topic at the time of the call, from the beginning, committed records only. Transactions that are still
 * open are waited for, so that nothing is missed that a producer has just committed. Memory is bounded by what the consumers
 * hold and fetch ahead: some 32 MiB of compressed batches, or two batches per partition if these are larger, and an eighth of the
 * heap for their records.
 */
public final class TopicReader {

    /** What records go to. */
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        void accept(ConsumerRecord<byte[], byte[]> read) throws E;
    }

    private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

    /** Of each partition, where few are open at once. */
    private static final int MOST_FETCHED_BYTES = 1 << 20;

    /** Of all that are open at once. */
    private static final int ALL_FETCHED_BYTES = 16 << 20;

    private final Map<String, Object> consumer;
    private final Duration patience;

    public TopicReader(String bootstrapServers) {
        this(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), DEFAULT_PATIENCE);
    }

    /**
     * Reads with other settings than the built-in ones.
     *
     * @param consumer settings of the Kafka consumers, with {@code bootstrap.servers}
     * @param patience how long a partition may stand still before its end is reached
     */
    public TopicReader(Map<String, Object> consumer, Duration patience) {
        this.consumer = Map.copyOf(consumer);
        this.patience = patience;
    }

    /**
     * Reads all partitions as one stream, the smallest timestamp first, then the lowest partition. In a partition the order is
     * that of the offsets, also where timestamps fall.
     *
     * @throws LocalException if the topic does not exist, or if a partition stands still before its end, which an open
     *     transaction does; the message names it
     */
    public <E extends Exception> void readMerged(String topic, Sink<E> sink) throws E {
        readMerged(topic, Long.MIN_VALUE, Long.MAX_VALUE, sink);
    }

    /** The same of a part of the topic, as {@link #readByPartition(String, long, long, Sink)}. */
    public <E extends Exception> void readMerged(String topic, long from, long to, Sink<E> sink) throws E {
        List<PartitionReader> opened = new ArrayList<>();
        try {
            PriorityQueue<PartitionReader> heads = new PriorityQueue<>(Comparator.comparingLong(
                            (PartitionReader reader) -> reader.head().timestamp())
                    .thenComparingInt(reader -> reader.head().partition()));
            Map<TopicPartition, Part> parts = parts(topic, from, to);
            for (Map.Entry<TopicPartition, Part> part : parts.entrySet()) {
                PartitionReader reader = open(part.getKey(), part.getValue(), parts.size());
                opened.add(reader);
                if (reader.advance()) {
                    heads.add(reader);
                }
            }
            while (!heads.isEmpty()) {
                PartitionReader first = heads.remove();
                sink.accept(first.head());
                if (first.advance()) {
                    heads.add(first);
                }
            }
        } finally {
            opened.forEach(PartitionReader::close);
        }
    }

    /**
     * Reads one partition after the other, each in the order of its offsets.
     *
     * @throws LocalException as {@link #readMerged}
     */
    public <E extends Exception> void readByPartition(String topic, Sink<E> sink) throws E {
        readByPartition(topic, Long.MIN_VALUE, Long.MAX_VALUE, sink);
    }

    /**
     * The same of a part of the topic, found by the timestamps of its records.
     *
     * @param from where a partition has its first record of this time or later, in milliseconds since the epoch
     * @param to where it has its first one of this time or later, which is not read
     */
    public <E extends Exception> void readByPartition(String topic, long from, long to, Sink<E> sink) throws E {
        for (Map.Entry<TopicPartition, Part> part : parts(topic, from, to).entrySet()) {
            try (PartitionReader reader = open(part.getKey(), part.getValue(), 1)) {
                while (reader.advance()) {
                    sink.accept(reader.head());
                }
            }
        }
    }

    /** @param from null for the beginning */
    private record Part(@Nullable Long from, long to) {}

    /** By partition. */
    private Map<TopicPartition, Part> parts(String topic, long from, long to) {
        Map<TopicPartition, Long> ends = ends(topic);
        Map<TopicPartition, Long> begins = from <= 0 ? Map.of() : offsets(ends, from);
        Map<TopicPartition, Long> stops = to == Long.MAX_VALUE ? ends : offsets(ends, Math.max(0, to));
        Map<TopicPartition, Part> parts = new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
        stops.forEach((partition, stop) -> parts.put(partition, new Part(begins.get(partition), stop)));
        return parts;
    }

    /** The first offsets of a time, by partition; the end where there is none. */
    private Map<TopicPartition, Long> offsets(Map<TopicPartition, Long> ends, long time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, time));
        try (Consumer<byte[], byte[]> asking = newConsumer(IsolationLevel.READ_UNCOMMITTED, 1)) {
            asking.assign(ends.keySet());
            Map<TopicPartition, Long> offsets = new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
            offsets.putAll(ends);
            asking.offsetsForTimes(times).forEach((partition, found) -> {
                if (found != null) {
                    offsets.merge(partition, found.offset(), Math::min);
                }
            });
            return offsets;
        }
    }

    /**
     * How many offsets there are between beginnings and ends; that is at least as many as records.
     *
     * @throws LocalException if the topic does not exist
     */
    public long count(String topic) {
        Map<TopicPartition, Long> ends = ends(topic);
        try (Consumer<byte[], byte[]> asking = newConsumer(IsolationLevel.READ_UNCOMMITTED, 1)) {
            asking.assign(ends.keySet()); // else the consumer warns of answers that it did not wait for
            Map<TopicPartition, Long> beginnings = asking.beginningOffsets(ends.keySet());
            return ends.entrySet().stream()
                    .mapToLong(end -> end.getValue() - beginnings.getOrDefault(end.getKey(), 0L))
                    .sum();
        }
    }

    /** The ends with records of open transactions, by partition. */
    private Map<TopicPartition, Long> ends(String topic) {
        try (Consumer<byte[], byte[]> asking = newConsumer(IsolationLevel.READ_UNCOMMITTED, 1)) {
            List<TopicPartition> partitions = asking.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new LocalException("The topic " + topic + " does not exist.");
            }
            asking.assign(partitions); // else the consumer warns of answers that it did not wait for
            Map<TopicPartition, Long> ends = new TreeMap<>(Comparator.comparingInt(TopicPartition::partition));
            ends.putAll(asking.endOffsets(partitions));
            return ends;
        }
    }

    /** @param together how many partitions are open at the same time */
    private PartitionReader open(TopicPartition partition, Part part, int together) {
        return new PartitionReader(
                newConsumer(IsolationLevel.READ_COMMITTED, together), partition, part.from(), part.to(), patience);
    }

    private Consumer<byte[], byte[]> newConsumer(IsolationLevel isolation, int together) {
        Map<String, Object> configs = new HashMap<>();
        configs.putAll(limits(together));
        configs.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"); // the beginning can move while it is read
        configs.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "50"); // closing waits for the fetch that is under way
        configs.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        configs.putAll(consumer);
        configs.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        return new KafkaConsumer<>(configs, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** How much one of the consumers that are open together holds and fetches ahead. */
    static Map<String, Integer> limits(int together) {
        int bytes = Math.min(MOST_FETCHED_BYTES, ALL_FETCHED_BYTES / together);
        return Map.of(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                bytes,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                bytes,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                PolledRecords.ofEach(together));
    }
}
