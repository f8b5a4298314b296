package io.callweave.bridge.recording;

import io.callweave.call.fact.FactKind;
import io.callweave.call.record.Artifact;
import io.callweave.call.record.CallRecord;
import io.callweave.record.RecordedCall;
import io.callweave.topics.PolledRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topic of calls, from some time ago and then on, for recordings. Each bridge reads all of it. */
final class RecordingsOfCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingsOfCalls.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_FOR_PARTITIONS = Duration.ofMinutes(1);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Most calls have no recording, and are not parsed. */
    private static final String RECORDING = "\"" + FactKind.RECORDING.wireName() + "\"";

    private final String topic;
    private final Map<String, Object> options;
    private final Duration since;
    private final InstantSource clock;
    private final Consumer<CallRecord> calls;
    private final Thread thread = new Thread(this::run, "recordings-of-calls");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
    private volatile boolean closed;

    /**
     * @param clients options of Kafka clients, with {@code bootstrap.servers}
     * @param since how long ago the first of them was emitted
     * @param calls hears each call with a recording; the newest record of a call comes last
     */
    private RecordingsOfCalls(
            Map<String, Object> clients,
            String topic,
            Duration since,
            InstantSource clock,
            Consumer<CallRecord> calls) {
        this.topic = topic;
        this.since = since;
        this.clock = clock;
        this.calls = calls;
        options = new HashMap<>(clients);
        options.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, PolledRecords.ofEach(1));
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        options.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        options.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        thread.setDaemon(true);
    }

    /** Kafka need not be there. */
    static RecordingsOfCalls start(
            Map<String, Object> clients,
            String topic,
            Duration since,
            InstantSource clock,
            Consumer<CallRecord> calls) {
        RecordingsOfCalls watch = new RecordingsOfCalls(clients, topic, since, clock, calls);
        watch.thread.start();
        return watch;
    }

    @Override
    public void close() {
        closed = true;
        closing.countDown();
        KafkaConsumer<byte[], byte[]> reading = open;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(CLOSE_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                open = consumer;
                read(consumer);
            } catch (KafkaException e) { // also when it is woken to end
                if (!closed) {
                    LOG.atWarn()
                            .setMessage("Calls cannot be read, so no recording is asked for; trying again.")
                            .addKeyValue("topic", topic)
                            .addKeyValue("failure", e.getMessage())
                            .log();
                    pause();
                }
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        long looked = 0;
        while (!closed) {
            if (looked == 0 || System.nanoTime() - looked > LOOK_FOR_PARTITIONS.toNanos()) {
                looked = System.nanoTime();
                assign(consumer);
            }
            if (consumer.assignment().isEmpty()) {
                pause();
                looked = 0;
                continue;
            }
            consumer.poll(POLL).forEach(this::take);
        }
    }

    /** What was read goes on; a partition that is new begins where its records are young enough. */
    private void assign(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> added = new HashSet<>();
        Objects.requireNonNullElse(consumer.partitionsFor(topic), List.<PartitionInfo>of())
                .forEach(info -> added.add(new TopicPartition(topic, info.partition())));
        added.removeAll(consumer.assignment());
        if (added.isEmpty()) {
            return;
        }
        List<TopicPartition> all = new ArrayList<>(consumer.assignment());
        all.addAll(added);
        consumer.assign(all);
        long from = clock.millis() - since.toMillis();
        Map<TopicPartition, Long> times = new HashMap<>();
        added.forEach(partition -> times.put(partition, from));
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found == null) {
                consumer.seekToEnd(List.of(partition)); // nothing is so young
            } else {
                consumer.seek(partition, found.offset());
            }
        });
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || !new String(record.value(), StandardCharsets.ISO_8859_1).contains(RECORDING)) {
            return;
        }
        try {
            CallRecord call = RecordedCall.of(record.value()).call();
            if (call.state() != CallRecord.State.SUPERSEDED
                    && call.artifacts().stream().anyMatch(RecordingsOfCalls::isRecording)) {
                calls.accept(call);
            }
        } catch (IOException | RuntimeException notOurs) {
            LOG.debug("A record of {} is no call.", topic, notOurs);
        }
    }

    static boolean isRecording(Artifact artifact) {
        return artifact.kind() == FactKind.RECORDING;
    }

    private void pause() {
        try {
            var unused = closing.await(AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }
}
