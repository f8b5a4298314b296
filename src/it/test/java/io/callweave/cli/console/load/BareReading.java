package io.callweave.cli.console.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The baseline of {@link RebuildTimes}, in a process of its own: reads the same records in one thread, parses each, and keeps
 * nothing. Prints the milliseconds since its process began, and those of CPU time.
 */
final class BareReading {

    private BareReading() {}

    public static void main(String[] args) throws IOException {
        ObjectMapper json = new ObjectMapper();
        int left = RebuildTopic.CALLS + RebuildTopic.REVISED;
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        args[0],
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                        Integer.toString(8 << 20),
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        "2000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.CALLS.name(RebuildTopic.PREFIX)).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (left > 0) {
                for (ConsumerRecord<byte[], byte[]> read : consumer.poll(Duration.ofMillis(100))) {
                    if (json.readTree(read.value()).path("callId").isTextual()) {
                        left--;
                    }
                }
            }
        }
        long took = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.println(took + " " + cpu.toMillis());
    }
}
