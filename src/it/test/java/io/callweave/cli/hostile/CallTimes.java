package io.callweave.cli.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.topics.Headers;
import io.callweave.topics.HomePartition;
import io.callweave.topology.CallsFold;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code calls} as they come out: those of the good accounts with how late they are, and how many hostile ones. */
final class CallTimes implements AutoCloseable {

    private final String hostile;
    private final int hostileHome;
    private final int partitions;
    private final Thread reader;
    private final CallsFold fold = CallsFold.of(List.of());
    private final List<Late> over = new ArrayList<>();
    private long hostileRecords;
    private long hostileBytes;
    private volatile boolean closed;

    /** @param nearby whether its account shares its partition with the hostile one */
    private record Late(boolean nearby, long ms) {}

    /** In milliseconds. */
    record Figures(long calls, long p50, long p99, long longest) {

        private static Figures of(LongStream times) {
            long[] sorted = times.sorted().toArray();
            return sorted.length == 0
                    ? new Figures(0, 0, 0, 0)
                    : new Figures(sorted.length, at(sorted, 50), at(sorted, 99), sorted[sorted.length - 1]);
        }

        private static long at(long[] sorted, int percent) {
            return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
        }
    }

    CallTimes(String brokers, String topic, int partitions, String hostile) {
        this.hostile = hostile;
        this.partitions = partitions;
        this.hostileHome = HomePartition.of(hostile, partitions);
        reader = new Thread(() -> read(brokers, topic), "call-times");
        reader.start();
    }

    private void read(String brokers, String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        brokers,
                        "isolation.level",
                        "read_committed",
                        "max.partition.fetch.bytes",
                        16 << 20),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            consumer.seekToBeginning(List.of());
            while (!closed) {
                consumer.poll(Duration.ofMillis(100)).forEach(this::seen);
            }
        }
    }

    private synchronized void seen(ConsumerRecord<byte[], byte[]> read) {
        long now = System.currentTimeMillis();
        String account = Objects.requireNonNull(Headers.text(read.headers(), Headers.ACCOUNT));
        if (account.equals(hostile)) {
            hostileRecords++;
            hostileBytes += read.serializedValueSize();
            return;
        }
        fold.add(new String(read.key(), UTF_8), new String(read.value(), UTF_8));
        if ("over".equals(Headers.text(read.headers(), Headers.COMPLETION_REASON))) {
            String received = Objects.requireNonNull(Headers.text(read.headers(), Headers.LAST_RECEIVED_AT));
            boolean nearby = HomePartition.of(account, partitions) == hostileHome;
            over.add(new Late(nearby, now - Instant.parse(received).toEpochMilli()));
        }
    }

    synchronized Map<String, String> records() {
        return fold.records();
    }

    synchronized Figures all() {
        return Figures.of(over.stream().mapToLong(Late::ms));
    }

    /** Of the accounts that share their partition with the hostile one. */
    synchronized Figures nearby() {
        return Figures.of(over.stream().filter(Late::nearby).mapToLong(Late::ms));
    }

    synchronized long hostileRecords() {
        return hostileRecords;
    }

    synchronized long hostileMegabytes() {
        return hostileBytes >> 20;
    }

    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
