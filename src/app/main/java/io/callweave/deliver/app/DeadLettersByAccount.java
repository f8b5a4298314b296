package io.callweave.deliver.app;

import io.callweave.deliver.app.AccountOffsets.Span;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.manage.Undelivered;
import io.callweave.topics.Headers;
import io.callweave.topics.PolledRecords;
import io.callweave.topics.Unauthorized;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what could not be delivered in certain accounts, and not what others have on the topic. For this it follows the topic
 * from its beginning, and remembers where the records of each account are. Thread-safe.
 */
final class DeadLettersByAccount implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLettersByAccount.class);

    private static final long PAUSE_MS = 1_000;

    private static final Duration POLL = Duration.ofMillis(100);

    private static final int FOLLOWED_BYTES = 256 << 10;

    /** Who asks waits for it, but not for all of a long topic after a start. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, Object> client;
    private final String topic;
    private final AccountOffsets offsets = new AccountOffsets();
    private final ReentrantLock lock = new ReentrantLock();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread named = new Thread(work, "deliver-dead-letters");
        named.setDaemon(true);
        return named;
    });
    private Map<TopicPartition, Long> beginnings = Map.of();
    private @Nullable KafkaConsumer<byte[], byte[]> follower;

    /**
     * Begins to follow the topic.
     *
     * @param client options of Kafka clients
     */
    DeadLettersByAccount(Map<String, Object> client, String topic) {
        this.client = client;
        this.topic = topic;
        var unused = thread.scheduleWithFixedDelay(this::followAgain, 0, PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Reads what is there at the time of the call, in each partition the oldest first. Some of other accounts can be between.
     *
     * @param accounts {@code *} for all
     * @throws SubscriptionException if Kafka does not give it, or if the topic is not yet followed to its end
     */
    void read(Set<String> accounts, Consumer<Undelivered> sink) {
        try {
            read(known(accounts), sink);
        } catch (KafkaException e) {
            throw unavailable(
                    Unauthorized.sentence(e, AclOperation.READ, topic)
                            .orElse("The topic " + topic + " cannot be read: " + e.getMessage()),
                    e);
        }
    }

    private void read(Map<TopicPartition, Deque<Span>> wanted, Consumer<Undelivered> sink) {
        if (wanted.isEmpty()) {
            return;
        }
        // One record at a time: so what comes after the last one of a span is not asked for ahead.
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(AccountOffsets.LARGEST_GAP, 1)) {
            consumer.assign(wanted.keySet());
            wanted.forEach((partition, spans) ->
                    consumer.seek(partition, spans.getFirst().first()));
            long since = System.nanoTime();
            while (!wanted.isEmpty()) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
                for (TopicPartition partition : polled.isEmpty() ? List.copyOf(wanted.keySet()) : polled.partitions()) {
                    Deque<Span> spans = Objects.requireNonNull(wanted.get(partition));
                    take(polled.records(partition), spans, sink);
                    if (!goOn(consumer, partition, spans)) {
                        wanted.remove(partition);
                    }
                }
                if (!polled.isEmpty()) {
                    since = System.nanoTime();
                } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                    throw unavailable("The topic " + topic + " cannot be read: the broker does not answer.", null);
                }
            }
        }
    }

    private static void take(
            List<ConsumerRecord<byte[], byte[]>> records, Deque<Span> spans, Consumer<Undelivered> sink) {
        for (ConsumerRecord<byte[], byte[]> each : records) {
            endBefore(each.offset(), spans);
            Span span = spans.peekFirst();
            if (span != null && each.offset() >= span.first() && each.key() != null && each.value() != null) {
                String slot = new String(each.key(), StandardCharsets.UTF_8);
                sink.accept(new Undelivered(slot, each.value(), each.headers(), each.timestamp()));
            }
        }
    }

    /** Removes spans that end before an offset. */
    private static void endBefore(long offset, Deque<Span> spans) {
        while (!spans.isEmpty() && spans.getFirst().last() < offset) {
            spans.removeFirst();
        }
    }

    /** Returns false at the end. */
    private static boolean goOn(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, Deque<Span> spans) {
        long position = consumer.position(partition);
        endBefore(position, spans);
        Span next = spans.peekFirst();
        if (next == null) {
            consumer.pause(List.of(partition));
        } else if (next.first() > position) {
            consumer.seek(partition, next.first());
        }
        return next != null;
    }

    private Map<TopicPartition, Deque<Span>> known(Set<String> accounts) {
        try {
            if (lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    if (follow()) {
                        return offsets.of(accounts);
                    }
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        throw unavailable("The deliverer has not yet read " + topic + "; try again in a few seconds.", null);
    }

    /** Must not throw, or it is never called again. */
    private void followAgain() {
        lock.lock();
        try {
            var unused = follow();
        } catch (KafkaException e) {
            LOG.atDebug().setCause(e).log("The dead letters are not read yet.");
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether it got to the end. */
    private boolean follow() {
        KafkaConsumer<byte[], byte[]> consumer = follower;
        if (consumer == null) {
            consumer = consumer(FOLLOWED_BYTES, PolledRecords.ofEach(1));
            follower = consumer;
        }
        Set<TopicPartition> partitions = new HashSet<>();
        consumer.partitionsFor(topic).forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
        consumer.assign(partitions);
        Map<TopicPartition, Long> begin = consumer.beginningOffsets(partitions);
        if (!begin.equals(beginnings)) {
            beginnings = begin;
            offsets.drop(begin);
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (consumer.position(end.getKey()) > end.getValue()) {
                // The topic was made again.
                offsets.drop(Map.of(end.getKey(), Long.MAX_VALUE));
                consumer.seekToBeginning(Set.of(end.getKey()));
            }
        }
        List<Map.Entry<TopicPartition, Long>> open = new ArrayList<>(ends.entrySet());
        long begun = System.nanoTime();
        while (true) {
            KafkaConsumer<byte[], byte[]> at = consumer;
            open.removeIf(end -> at.position(end.getKey()) >= end.getValue());
            if (open.isEmpty()) {
                return true;
            }
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                return false;
            }
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                String account = Headers.text(each.headers(), Headers.ACCOUNT);
                offsets.add(
                        account == null ? "" : account,
                        new TopicPartition(topic, each.partition()),
                        each.offset(),
                        each.value() == null ? 0 : each.value().length);
            }
        }
    }

    /**
     * Makes one.
     *
     * @param bytes to be read of a partition at once
     * @param records to be handed over at once
     */
    private KafkaConsumer<byte[], byte[]> consumer(int bytes, int records) {
        Map<String, Object> options = new HashMap<>();
        options.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, bytes);
        options.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
        options.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, records);
        // What comes next is asked for ahead, also at the end.
        options.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        options.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        options.putAll(client);
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        options.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        options.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, IsolationLevel.READ_COMMITTED.toString());
        return new KafkaConsumer<>(options, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static SubscriptionException unavailable(String message, @Nullable Exception cause) {
        return new SubscriptionException(SubscriptionException.Kind.UNAVAILABLE, message, cause);
    }

    /** Nobody reads any more. */
    @Override
    public void close() {
        thread.shutdownNow();
        lock.lock();
        try {
            if (follower != null) {
                follower.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
