package io.callweave.bench.latency;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.bench.figures.Delays;
import io.callweave.call.completion.CompletionReason;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads party events and calls with {@code read_committed}, and notes how long after its append each could be read. It takes
 * only the ids out of the JSON: to read the calls whole would be measured, too.
 */
final class OutputReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final int DIGITS = 3;

    private final String callTopic;
    private final Appended appended;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Histogram events = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram afterLost = new Histogram(LONGEST_NANOS, DIGITS);
    private final Histogram calls = new Histogram(LONGEST_NANOS, DIGITS);
    private volatile long from = Long.MAX_VALUE;

    OutputReader(LatencyBench.Installation target, Appended appended) {
        this.appended = appended;
        callTopic = Topic.CALLS.name(target.topicsPrefix());
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, target.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(Stream.of(Topic.PARTY_EVENTS.name(target.topicsPrefix()), callTopic)
                .flatMap(topic -> IntStream.range(0, target.partitions())
                        .mapToObj(partition -> new TopicPartition(topic, partition)))
                .toList());
        consumer.seekToEnd(List.of());
        consumer.assignment().forEach(consumer::position); // what is there is of an earlier run
    }

    /** What is appended from now on is measured; what was appended before was the warm-up. */
    void begin(long nanoTime) {
        from = nanoTime;
    }

    LatencyBench.Result result(@Nullable PacedCost cost) {
        return new LatencyBench.Result(Delays.of(events), Delays.of(afterLost), Delays.of(calls), cost);
    }

    void poll() {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        long now = System.nanoTime();
        for (ConsumerRecord<byte[], byte[]> read : polled) {
            if (read.topic().equals(callTopic)) {
                call(read, now);
            } else {
                event(read, now);
            }
        }
    }

    private void event(ConsumerRecord<byte[], byte[]> read, long now) {
        JsonNode event = json(read.value());
        Appended.Due due = appended.read(
                event.path("telephonySessionId").asText(),
                event.path("sequence").asLong());
        if (due != null) {
            note(due.afterLost() ? afterLost : events, due.nanoTime(), now);
        }
    }

    /** Other reasons than that it is over say that it was waited for, or that an earlier record was corrected. */
    private void call(ConsumerRecord<byte[], byte[]> read, long now) {
        if (!CompletionReason.OVER.wireName().equals(Headers.text(read.headers(), Headers.COMPLETION_REASON))) {
            return;
        }
        List<String> sessions = new ArrayList<>();
        json(read.value())
                .path("sessions")
                .forEach(session ->
                        sessions.add(session.path("telephonySessionId").asText()));
        note(calls, appended.lastOf(sessions), now);
    }

    private void note(Histogram histogram, @Nullable Long since, long now) {
        // A notification can follow the end of a call; then this is not what the record was read after.
        if (since != null && since >= from && now >= since) {
            histogram.recordValue(Math.min(LONGEST_NANOS, now - since));
        }
    }

    private static JsonNode json(byte[] value) {
        try {
            return JsonLimits.tree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("The topology wrote a record that is no JSON.", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
