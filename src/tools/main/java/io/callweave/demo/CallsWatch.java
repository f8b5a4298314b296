package io.callweave.demo;

import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryJson;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code calls} from where it ends now, as a consumer of yours would: committed records only. And {@code live-calls},
 * to know how many go on, and {@code directory}, to know what people are called. Used by one thread.
 */
public final class CallsWatch implements AutoCloseable {

    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Logger LOG = LoggerFactory.getLogger(CallsWatch.class);

    /**
     * A record of a call.
     *
     * @param value as it is on the topic
     */
    public record Emission(String value, CallRecord call, long revision) {

        boolean isSuperseded() {
            return call.state() == CallRecord.State.SUPERSEDED;
        }
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String calls;
    private final String directory;
    private final Map<String, CallRecord.State> states = new HashMap<>();
    private final Set<String> live = new HashSet<>();
    private final Map<String, DirectoryEntry> extensions = new HashMap<>();
    private final boolean earlierCalls;
    private final long liveSince;

    /**
     * Begins to read.
     *
     * @param liveSince live calls without a notification since this time are not counted: of a run that was stopped. Their
     *     records can be newer, because {@code streams} writes each once when it starts
     */
    public CallsWatch(String bootstrapServers, String prefix, Instant liveSince) {
        this.liveSince = liveSince.toEpochMilli();
        calls = Topic.CALLS.name(prefix);
        directory = Topic.DIRECTORY.name(prefix);
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
        List<TopicPartition> goingOn = new ArrayList<>(partitions(Topic.LIVE_CALLS.name(prefix)));
        goingOn.addAll(partitions(directory));
        List<TopicPartition> all = new ArrayList<>(finished);
        all.addAll(goingOn);
        consumer.assign(all);
        consumer.seekToBeginning(goingOn);
        consumer.seekToEnd(finished);
        boolean earlier = false;
        for (TopicPartition partition : finished) {
            // Where it ends now, not where it will end at the first poll.
            earlier |= consumer.position(partition) > 0;
        }
        earlierCalls = earlier;
    }

    private static long lastNews(ConsumerRecord<byte[], byte[]> live) {
        Long receivedAt = Headers.time(live.headers(), Headers.LAST_RECEIVED_AT);
        return receivedAt == null ? live.timestamp() : receivedAt;
    }

    /** What has come, after at most this long. */
    public List<Emission> poll(Duration atMost) {
        List<Emission> emissions = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> read : consumer.poll(atMost)) {
            String key = new String(read.key(), StandardCharsets.UTF_8);
            if (read.topic().equals(directory)) {
                learn(key, read);
            } else if (!read.topic().equals(calls)) {
                note(key, read.value() != null && lastNews(read) >= liveSince);
            } else if (read.value() != null) {
                Emission emission = parse(read.value());
                if (emission == null) {
                    tellForeign(read);
                } else {
                    states.put(key, emission.call().state());
                    emissions.add(emission);
                }
            }
        }
        return emissions;
    }

    /** Whether there were calls before, which are not shown again. */
    public boolean hasEarlierCalls() {
        return earlierCalls;
    }

    /** What is known of extensions by now. */
    public DirectoryLookup directory() {
        return (account, extension) -> extensions.get(DirectoryEntry.key(account, extension));
    }

    /** How many calls go on. */
    public int live() {
        return live.size();
    }

    /** How many calls are over, as a reader of {@code calls} counts them: superseded ones are part of others. */
    public long finished() {
        return states.values().stream()
                .filter(state -> state != CallRecord.State.SUPERSEDED)
                .count();
    }

    /** How many of these do not know everything. */
    public long partial() {
        return states.values().stream()
                .filter(state -> state == CallRecord.State.PARTIAL)
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

    private void learn(String key, ConsumerRecord<byte[], byte[]> read) {
        extensions.remove(key);
        if (read.value() != null) {
            try {
                extensions.put(key, DirectoryJson.read(read.key(), read.value()));
            } catch (DirectoryException notAnExtension) {
                // The topology counts it and says so; here somebody is shown by his number.
            }
        }
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Null for what is no call: others can write to these topics, too. */
    private static @Nullable Emission parse(byte[] value) {
        try {
            RecordedCall read = RecordedCall.of(value);
            CallRecord call = read.call();
            boolean isCall =
                    isTime(call.times().startTime()) && isTime(call.times().endTime());
            return isCall ? new Emission(new String(value, StandardCharsets.UTF_8), call, read.revision()) : null;
        } catch (IOException | IllegalArgumentException noCall) {
            return null;
        }
    }

    /** Years beyond 9999 cannot be shown in every zone. */
    private static boolean isTime(long millis) {
        return millis > 0 && millis < LATEST.toEpochMilli();
    }

    private static void tellForeign(ConsumerRecord<byte[], byte[]> read) {
        LOG.atWarn()
                .addKeyValue("topic", read.topic())
                .addKeyValue("partition", read.partition())
                .addKeyValue("offset", read.offset())
                .log("A record is no call and is not shown. Callweave did not write it: find out who does.");
    }
}
