package io.callweave.bench.throughput;

import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;
import io.callweave.topics.Headers;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Counts the output of a subject, so that a subject that did only a part of its work is not measured. */
public final class OutputCheck implements AutoCloseable {

    private static final String SUPERSEDED = "superseded";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final String subject;
    private final int partitions;
    private final KafkaConsumer<String, byte[]> consumer;

    /**
     * Knows the end of what is written. The other one's end is that of the last transaction that brokers have marked as committed,
     * and they do so only after they have said that it is.
     */
    private final KafkaConsumer<String, byte[]> written;

    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /** By the number of the session that identifies the call. */
    private final BitSet calls = new BitSet();

    /**
     * Reads from the beginning.
     *
     * @param subject its name in messages
     */
    public OutputCheck(String subject, String bootstrapServers, int partitions) {
        this.subject = subject;
        this.partitions = partitions;
        consumer = consumer(bootstrapServers, IsolationLevel.READ_COMMITTED);
        written = consumer(bootstrapServers, IsolationLevel.READ_UNCOMMITTED);
    }

    private static KafkaConsumer<String, byte[]> consumer(String bootstrapServers, IsolationLevel isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isolation.toString(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Reads the output since the last time.
     *
     * @throws LocalException if it is not one record for each notification
     */
    public void notifications(String topic, long expected) {
        require("records on " + topic, expected, read(topic, read -> {}));
    }

    /** Counts the calls since the last time. */
    public void calls(Candidate candidate) {
        for (String topic : candidate.calls()) {
            read(topic, call -> {
                boolean superseded = SUPERSEDED.equals(Headers.text(call.headers(), Headers.COMPLETION_REASON));
                calls.set(LiveTraffic.sessionNumber(candidate.callId(call)), !superseded);
            });
        }
    }

    /**
     * Checks that all calls have come.
     *
     * @throws LocalException if there are more or fewer
     */
    public void allCalls(long expected) {
        require("calls", expected, calls.cardinality());
    }

    /**
     * Checks the number of records with a reason.
     *
     * @throws LocalException if there are more or fewer
     */
    void rejected(String topic, String reason, long expected) {
        BitSet found = new BitSet();
        read(topic, letter -> {
            if (reason.equals(Headers.text(letter.headers(), Headers.REASON))) {
                found.set(found.cardinality());
            }
        });
        require("dead letters with the reason " + reason, expected, found.cardinality());
    }

    /**
     * Compares a number with what it must be.
     *
     * @throws LocalException if it is another one
     */
    public void require(String what, long expected, long found) {
        if (found != expected) {
            throw new LocalException(
                    "%s has %,d %s instead of %,d: it has not done all of its work, so its figures mean nothing."
                            .formatted(subject, found, what, expected));
        }
    }

    /**
     * Reads what has come to a topic since the last time.
     *
     * @return the number of records
     */
    public long read(String topic, Consumer<ConsumerRecord<String, byte[]>> each) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        positions.forEach((partition, position) -> {
            if (partition.topic().equals(topic)) {
                consumer.seek(partition, position);
            }
        });
        Map<TopicPartition, Long> ends = written.endOffsets(all);
        long count = 0;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> read : consumer.poll(POLL)) {
                each.accept(read);
                count++;
            }
            if (System.nanoTime() > deadline) {
                throw new LocalException("The topic " + topic + " cannot be read to its end.");
            }
        }
        ends.forEach((partition, end) -> positions.put(partition, consumer.position(partition)));
        return count;
    }

    @Override
    public void close() {
        consumer.close();
        written.close();
    }
}
