package io.callweave.bench.faults;

import io.callweave.topics.HomePartition;
import io.callweave.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** When party events can be read, by the way that they took. */
final class OutputWatch implements AutoCloseable {

    private static final Pattern IDS =
            Pattern.compile("\"accountId\":\"([^\"]*)\",\"telephonySessionId\":\"([^\"]*)\"");

    private final String brokers;
    private final Thread thread = new Thread(this::run, "watch");
    private final Map<String, List<Long>> outputs = new TreeMap<>();
    private volatile boolean ended;

    OutputWatch(String brokers) {
        this.brokers = brokers;
        thread.start();
    }

    private void run() {
        String topic = Topic.PARTY_EVENTS.name(FaultSite.PREFIX);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", brokers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList());
            consumer.seekToBeginning(List.of());
            while (!ended) {
                for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(100))) {
                    Matcher ids = IDS.matcher(new String(read.value(), StandardCharsets.UTF_8));
                    if (ids.find()) {
                        String way = HomePartition.of(ids.group(2), FaultSite.PARTITIONS) + "-"
                                + HomePartition.of(ids.group(1), FaultSite.PARTITIONS);
                        outputs.computeIfAbsent(way, none -> new ArrayList<>()).add(System.currentTimeMillis());
                    }
                }
            }
        }
    }

    /** In milliseconds since the epoch, by way; once it is closed. */
    Map<String, List<Long>> outputs() {
        return outputs;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
