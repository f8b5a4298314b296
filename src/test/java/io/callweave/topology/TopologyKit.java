package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.CallRules;
import io.callweave.call.Waits;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryJson;
import io.callweave.notification.NotificationReader;
import io.callweave.schema.Schemas;
import io.callweave.schema.StrictSchemas;
import io.callweave.simulation.Notification;
import io.callweave.simulation.PhoneCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The topology without a broker: notifications in, receipt time as the test wants it, what came out. Receipt time and wall
 * time begin apart, so that no test takes one for the other, and run on together.
 */
public final class TopologyKit implements AutoCloseable {

    /** When the first notification is received. */
    static final Instant RECEIVED = Instant.parse("2026-03-02T12:00:00Z");

    /** Wall time then. */
    static final Instant WALL = Instant.parse("2026-11-20T08:00:00Z");

    private static final String PREFIX = "test.";
    private static final Duration TICK = Duration.ofMillis(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> notifications;
    private final TestInputTopic<byte[], byte[]> directory;
    private final TestOutputTopic<String, byte[]> calls;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final TestOutputTopic<String, byte[]> partyEvents;
    private final TestOutputTopic<String, byte[]> liveCalls;
    private final TestOutputTopic<String, byte[]> partyRows;
    private final TestOutputTopic<String, byte[]> windowMetrics;
    private final CallsFold fold = new CallsFold();
    private long now = RECEIVED.toEpochMilli();
    private boolean backlog;

    /** A record on {@code calls}. */
    record Emission(String key, String json, Map<String, String> headers, Instant timestamp) {

        ObjectNode tree() {
            return TopologyKit.tree(json);
        }

        String status() {
            return tree().path("status").asText();
        }

        long revision() {
            return tree().path("revision").asLong();
        }

        /** In short: key, revision, status and why it was emitted. */
        String summary() {
            return "%s %d %s %s".formatted(key, revision(), status(), headers.get(Headers.COMPLETION_REASON));
        }
    }

    /**
     * A record on one of the other topics.
     *
     * @param json null for a tombstone
     */
    record Sent(String key, @Nullable String json, Map<String, String> headers, Instant timestamp) {

        boolean isTombstone() {
            return json == null;
        }

        ObjectNode tree() {
            return TopologyKit.tree(Objects.requireNonNull(json, "This is a tombstone."));
        }

        String text(String field) {
            return tree().path(field).asText();
        }
    }

    /** A record on {@code dead-letters}. */
    record Letter(Bytes key, Bytes value, Map<String, String> headers, Instant timestamp) {}

    TopologyKit() {
        this(CallRules.DEFAULT);
    }

    TopologyKit(CallRules rules) {
        this(rules, Timing.DEFAULT, Limits.DEFAULT);
    }

    TopologyKit(WindowOptions windows) {
        this(CallRules.DEFAULT, Timing.DEFAULT, Limits.DEFAULT, windows);
    }

    TopologyKit(CallRules rules, Timing timing, Limits limits) {
        this(rules, timing, limits, WindowOptions.DEFAULT);
    }

    private TopologyKit(CallRules rules, Timing timing, Limits limits, WindowOptions windows) {
        folder = temporaryDirectory();
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "topology-kit");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        options.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        TopologyConfig.Clock clock = new TopologyConfig.Clock((partition, lastOffset) -> drainedAt(), TICK, false);
        TopologyConfig config = config(PREFIX, 1, rules, timing, limits, windows, clock, TopologyConfig.Listener.NONE);
        driver = new TopologyTestDriver(CallweaveTopology.build(config), options, WALL);
        notifications = driver.createInputTopic(
                Topic.NOTIFICATIONS.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
        directory = driver.createInputTopic(
                Topic.DIRECTORY.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
        calls = outputs(Topic.CALLS);
        partyEvents = outputs(Topic.PARTY_EVENTS);
        liveCalls = outputs(Topic.LIVE_CALLS);
        partyRows = outputs(Topic.PARTY_METRICS);
        windowMetrics = outputs(Topic.WINDOW_METRICS);
        deadLetters = driver.createOutputTopic(
                Topic.DEAD_LETTERS.name(PREFIX), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private TestOutputTopic<String, byte[]> outputs(Topic topic) {
        return driver.createOutputTopic(topic.name(PREFIX), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** The one place where tests make a configuration. */
    public static TopologyConfig config(
            String prefix,
            int sourcePartitions,
            CallRules rules,
            Timing timing,
            Limits limits,
            TopologyConfig.Clock clock,
            TopologyConfig.Listener listener) {
        return config(prefix, sourcePartitions, rules, timing, limits, WindowOptions.DEFAULT, clock, listener);
    }

    private static TopologyConfig config(
            String prefix,
            int sourcePartitions,
            CallRules rules,
            Timing timing,
            Limits limits,
            WindowOptions windows,
            TopologyConfig.Clock clock,
            TopologyConfig.Listener listener) {
        return new TopologyConfig(
                prefix,
                sourcePartitions,
                NotificationReader.DEFAULT_MAX_BYTES,
                rules,
                timing,
                limits,
                windows,
                clock,
                listener,
                TopologyMetrics.unexported());
    }

    /** What is known of an extension from now on. */
    TopologyKit directory(DirectoryEntry entry) {
        byte[] value = DirectoryJson.write(entry);
        StrictSchemas.assertValue(Topic.DIRECTORY.suffix(), new String(value, UTF_8));
        return directory(entry.key(), value);
    }

    /** @param value null for a tombstone */
    TopologyKit directory(@Nullable String key, byte @Nullable [] value) {
        directory.pipeInput(key == null ? null : key.getBytes(UTF_8), value);
        return this;
    }

    TopologyKit receive(PhoneCall call) {
        return receive(call.notifications());
    }

    TopologyKit receive(Collection<Notification> all) {
        all.forEach(this::receive);
        return this;
    }

    TopologyKit receive(Notification notification) {
        return receive(notification.telephonySessionId().getBytes(UTF_8), notification.bytes(), Map.of());
    }

    TopologyKit receive(byte[] value) {
        return receive(null, value, Map.of());
    }

    TopologyKit receive(byte[] key, byte[] value, Map<String, String> headers) {
        RecordHeaders sent = new RecordHeaders();
        headers.forEach((name, text) -> sent.add(Headers.text(name, text)));
        notifications.pipeInput(new TestRecord<>(key, value, sent, now));
        return this;
    }

    /** Time passes, both receipt time and wall time. */
    TopologyKit pass(Duration time) {
        now += time.toMillis();
        driver.advanceWallClockTime(time);
        return this;
    }

    /** What is received next was received so much later; it is read at once, before any tick of the wall clock. */
    TopologyKit skip(Duration time) {
        now += time.toMillis();
        return this;
    }

    /** Longer than anything is waited for. */
    TopologyKit passUntilNothingWaits() {
        return pass(Duration.ofMillis(Waits.DEFAULT.maxIdle()).plusSeconds(1));
    }

    /** Whether there is more to read from now on, so that receipt time is that of the records alone. */
    private OptionalLong drainedAt() {
        return backlog ? OptionalLong.empty() : OptionalLong.of(now);
    }

    TopologyKit backlog(boolean isThere) {
        backlog = isThere;
        return this;
    }

    Instant now() {
        return Instant.ofEpochMilli(now);
    }

    /** Wall time now. */
    Instant wall() {
        return WALL.plusMillis(now - RECEIVED.toEpochMilli());
    }

    /** What has come out on {@code calls} since this was last asked. */
    List<Emission> emitted() {
        List<Emission> all = new ArrayList<>();
        for (TestRecord<String, byte[]> sent : calls.readRecordsToList()) {
            Emission emission =
                    new Emission(sent.key(), new String(sent.value(), UTF_8), headers(sent), sent.getRecordTime());
            assertDescribed(Topic.CALLS, emission.json(), emission.headers());
            fold.add(sent.key(), emission.json());
            all.add(emission);
        }
        return all;
    }

    /** The same in short. */
    List<String> summaries() {
        return emitted().stream().map(Emission::summary).toList();
    }

    /** Everything that has come out on {@code calls}, put together as a reader would. */
    CallsFold fold() {
        emitted();
        return fold;
    }

    /** What has come out on {@code dead-letters} since this was last asked. */
    List<Letter> deadLetters() {
        return deadLetters.readRecordsToList().stream()
                .map(sent -> new Letter(
                        Bytes.wrap(sent.key()), Bytes.wrap(sent.value()), headers(sent), sent.getRecordTime()))
                .peek(letter -> StrictSchemas.assertHeaders(Topic.DEAD_LETTERS.suffix(), letter.headers()))
                .toList();
    }

    /** What has come out on {@code party-events} since this was last asked. */
    List<Sent> partyEvents() {
        return sent(Topic.PARTY_EVENTS, partyEvents);
    }

    /** What has come out on {@code live-calls} since this was last asked. */
    List<Sent> liveCalls() {
        return sent(Topic.LIVE_CALLS, liveCalls);
    }

    /** What has come out on {@code party-metrics} since this was last asked. */
    List<Sent> partyRows() {
        return sent(Topic.PARTY_METRICS, partyRows);
    }

    /** What has come out on {@code window-metrics} since this was last asked. */
    List<Sent> windowMetrics() {
        return sent(Topic.WINDOW_METRICS, windowMetrics);
    }

    private static List<Sent> sent(Topic topic, TestOutputTopic<String, byte[]> outputs) {
        return outputs.readRecordsToList().stream()
                .map(sent -> new Sent(
                        sent.key(),
                        sent.value() == null ? null : new String(sent.value(), UTF_8),
                        headers(sent),
                        sent.getRecordTime()))
                .peek(sent -> assertDescribed(topic, sent.json(), sent.headers()))
                .toList();
    }

    /** Whatever a test is about, what goes out is as the schemas say. */
    private static void assertDescribed(Topic topic, @Nullable String json, Map<String, String> headers) {
        if (json == null) {
            assertThat(Schemas.ofValue(topic.suffix()).get("x-tombstones").asBoolean())
                    .as("tombstones on " + topic.suffix() + " by its schema")
                    .isTrue();
        } else {
            StrictSchemas.assertValue(topic.suffix(), json);
        }
        StrictSchemas.assertHeaders(topic.suffix(), headers);
    }

    /** How many entries of one kind are in a store. */
    int entries(String store, StoreKeys.Kind kind) {
        KeyValueStore<Bytes, byte[]> entries = driver.getKeyValueStore(store);
        return TestStores.count(entries, kind);
    }

    /** The same notification with something else in it. */
    static Notification edited(Notification notification, Consumer<ObjectNode> edit) {
        ObjectNode tree = tree(notification.json());
        edit.accept(tree);
        return new Notification(
                notification.account(),
                notification.telephonySessionId(),
                tree.at("/body/sequence").asLong(),
                notification.eventTime(),
                notification.sentAt(),
                tree.toString());
    }

    /** As headers and records have times. */
    static String time(Instant time) {
        return new String(Headers.time("any", time.toEpochMilli()).value(), UTF_8);
    }

    static ObjectNode body(ObjectNode notification) {
        return (ObjectNode) notification.path("body");
    }

    static ObjectNode party(ObjectNode notification) {
        return (ObjectNode) notification.at("/body/parties/0");
    }

    static ObjectNode tree(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            readTheRest();
        } finally {
            driver.close();
            deleteDirectory();
        }
    }

    private void readTheRest() {
        emitted();
        partyEvents();
        liveCalls();
        partyRows();
        windowMetrics();
        deadLetters();
    }

    private void deleteDirectory() {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> headers(TestRecord<?, ?> sent) {
        Map<String, String> headers = new TreeMap<>();
        sent.headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("topology-kit-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
