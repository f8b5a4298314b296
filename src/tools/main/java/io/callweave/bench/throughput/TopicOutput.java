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
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a subject has written to topics. */
public final class TopicOutput implements SubjectOutput {

    private static final String SUPERSEDED = "superseded";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Site site;
    private final String events;
    private final String calls;
    private final ToLongFunction<LiveTraffic> expected;
    private final KafkaConsumer<String, byte[]> consumer;

    /**
     * Knows the end of what is written. The other one's end is that of the last transaction that brokers have marked as committed,
     * and they do so only after they have said that it is.
     */
    private final KafkaConsumer<String, byte[]> written;

    private final Map<TopicPartition, Long> positions = new HashMap<>();

    /** By the number of the session that identifies the call. */
    private final BitSet found = new BitSet();

    /**
     * Reads from the beginning.
     *
     * @param events the topic that has one record for each notification
     * @param calls the topic whose keys end with the session that identifies the call
     * @param expected the number of calls that must be there at the end
     */
    public TopicOutput(Site site, String events, String calls, ToLongFunction<LiveTraffic> expected) {
        this.site = site;
        this.events = events;
        this.calls = calls;
        this.expected = expected;
        consumer = consumer(IsolationLevel.READ_COMMITTED);
        written = consumer(IsolationLevel.READ_UNCOMMITTED);
    }

    private KafkaConsumer<String, byte[]> consumer(IsolationLevel isolation) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        site.bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        isolation.toString(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public void part(long notifications) {
        SubjectOutput.require(site, "records on " + events, notifications, read(events, event -> {}));
        read(calls, call -> {
            String session = call.key().substring(call.key().lastIndexOf('/') + 1);
            boolean superseded = SUPERSEDED.equals(Headers.text(call.headers(), Headers.COMPLETION_REASON));
            found.set(LiveTraffic.sessionNumber(session), !superseded);
        });
    }

    @Override
    public void end(LiveTraffic traffic) {
        SubjectOutput.require(site, "calls", expected.applyAsLong(traffic), found.cardinality());
    }

    /** Reads what has come to a topic since the last time, and returns the number of records. */
    private long read(String topic, Consumer<ConsumerRecord<String, byte[]>> each) {
        List<TopicPartition> all = IntStream.range(0, site.partitions())
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        consumer.assign(all);
        all.forEach(partition -> consumer.seek(partition, positions.getOrDefault(partition, 0L)));
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
        all.forEach(partition -> positions.put(partition, consumer.position(partition)));
        return count;
    }

    @Override
    public void close() {
        consumer.close();
        written.close();
    }
}
