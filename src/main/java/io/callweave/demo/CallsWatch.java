package io.callweave.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.topology.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads {@code calls} from where it ends now, as a consumer of yours would: committed records only. And {@code live-calls},
 * to know how many go on. Used by one thread.
 */
public final class CallsWatch implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A record of a call.
     *
     * @param value as it is on the topic
     */
    public record Emission(String value, JsonNode call) {}

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String calls;
    private final Map<String, String> statuses = new HashMap<>();
    private final Set<String> live = new HashSet<>();

    public CallsWatch(String bootstrapServers, String prefix) {
        calls = Topic.CALLS.name(prefix);
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        "false",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        "100"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> finished = partitions(calls);
        List<TopicPartition> goingOn = partitions(Topic.LIVE_CALLS.name(prefix));
        List<TopicPartition> both = new ArrayList<>(finished);
        both.addAll(goingOn);
        consumer.assign(both);
        consumer.seekToBeginning(goingOn);
        consumer.seekToEnd(finished);
        finished.forEach(consumer::position); // where it ends now, not where it will end at the first poll
    }

    /** What has come, after at most this long. */
    public List<Emission> poll(Duration atMost) {
        List<Emission> emissions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(atMost)) {
            String key = new String(read.key(), StandardCharsets.UTF_8);
            if (!read.topic().equals(calls)) {
                note(key, read.value() != null);
            } else if (read.value() != null) {
                Emission emission = parse(read.value());
                statuses.put(key, emission.call().path("status").asText());
                emissions.add(emission);
            }
        }
        return emissions;
    }

    /** How many calls go on. */
    public int live() {
        return live.size();
    }

    /** How many calls are over, as a reader of {@code calls} counts them: superseded ones are part of others. */
    public long finished() {
        return statuses.values().stream()
                .filter(status -> !status.equals("superseded"))
                .count();
    }

    /** How many of these do not know everything. */
    public long partial() {
        return statuses.values().stream()
                .filter(status -> status.equals("partial"))
                .count();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void note(String key, boolean goesOn) {
        if (goesOn) {
            live.add(key);
        } else {
            live.remove(key);
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    private static Emission parse(byte[] value) {
        try {
            return new Emission(new String(value, StandardCharsets.UTF_8), JSON.readTree(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
