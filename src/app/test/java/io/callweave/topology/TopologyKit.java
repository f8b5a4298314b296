package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.TestJson;
import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryJson;
import io.callweave.feedgap.FeedGap;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.schema.Schemas;
import io.callweave.schema.StrictSchemas;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.TestStores;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
    public static final Instant RECEIVED = Instant.parse("2026-03-02T12:00:00Z");

    /** Wall time then. */
    public static final Instant WALL = Instant.parse("2026-11-20T08:00:00Z");

    private static final String PREFIX = "test.";
    private static final Duration TICK = Duration.ofMillis(1);

    private final Path folder;
    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> notifications;
    private final TestInputTopic<byte[], byte[]> directory;
    private final TestInputTopic<byte[], byte[]> feedGaps;
    private final TestOutputTopic<String, byte[]> calls;
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final TestOutputTopic<String, byte[]> partyEvents;
    private final TestOutputTopic<String, byte[]> liveCalls;
    private final TestOutputTopic<String, byte[]> partyRows;
    private final TestOutputTopic<String, byte[]> windowMetrics;
    private final CallsFold fold = new CallsFold();
    private final List<String> everyCall = new ArrayList<>();
    private long now = RECEIVED.toEpochMilli();
    private boolean backlog;
    private boolean unknownWords;

    /** A record on {@code calls}. */
    public record Emission(String key, String json, Map<String, String> headers, Instant timestamp) {

        public ObjectNode tree() {
            return TopologyKit.tree(json);
        }

        public String status() {
            return tree().path("status").asText();
        }

        public long revision() {
            return tree().path("revision").asLong();
        }

        /** In short: key, revision, status and why it was emitted. */
        public String summary() {
            return "%s %d %s %s".formatted(key, revision(), status(), headers.get(Headers.COMPLETION_REASON));
        }
    }

    /**
     * A record on one of the other topics.
     *
     * @param json null for a tombstone
     */
    public record Sent(String key, @Nullable String json, Map<String, String> headers, Instant timestamp) {

        public boolean isTombstone() {
            return json == null;
        }

        public ObjectNode tree() {
            return TopologyKit.tree(Objects.requireNonNull(json, "This is a tombstone."));
        }

        public String text(String field) {
            return tree().path(field).asText();
        }
    }

    /** A record on {@code dead-letters}. */
    public record Letter(Bytes key, Bytes value, Map<String, String> headers, Instant timestamp) {}

    /** Windows of all scopes, also of those that are off by default. */
    public static final WindowOptions ALL_WINDOWS = new WindowOptions(
            WindowRules.DEFAULT.with(Stream.of(Scope.values())
                    .collect(Collectors.toMap(scope -> scope, scope -> EnumSet.allOf(WindowSize.class)))),
            WindowOptions.DEFAULT.emitInterval(),
            WindowOptions.DEFAULT.retention());

    public TopologyKit() {
        this(CallRules.DEFAULT);
    }

    public TopologyKit(CallRules rules) {
        this(CallOptions.DEFAULT.with(rules));
    }

    public TopologyKit(WindowOptions windows) {
        this(CallOptions.DEFAULT, windows, TICK);
    }

    public TopologyKit(CallOptions calls) {
        this(calls, WindowOptions.DEFAULT, TICK);
    }

    /** With a clock that looks around as rarely as that of the product does. */
    public static TopologyKit ticking(Duration tick) {
        return new TopologyKit(CallOptions.DEFAULT, WindowOptions.DEFAULT, tick);
    }

    private TopologyKit(CallOptions callOptions, WindowOptions windows, Duration tick) {
        folder = temporaryDirectory();
        Properties options = new Properties();
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, "topology-kit");
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        options.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        TopologyConfig.Clock clock = new TopologyConfig.Clock(
                (partition, lastOffset) -> drainedAt(), tick, false, false, StepLimits.DEFAULT.timeless());
        TopologyConfig config = new TopologyConfig(
                TopologyOptions.under(PREFIX, callOptions, windows), 1, clock, TopologyConfig.Listener.NONE);
        driver = new TopologyTestDriver(CallweaveTopology.build(config), options, WALL);
        notifications = driver.createInputTopic(
                Topic.NOTIFICATIONS.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
        directory = driver.createInputTopic(
                Topic.DIRECTORY.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
        feedGaps = driver.createInputTopic(
                Topic.FEED_GAPS.name(PREFIX), new ByteArraySerializer(), new ByteArraySerializer());
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

    /** What is known of an extension from now on. */
    public TopologyKit directory(DirectoryEntry entry) {
        byte[] value = DirectoryJson.write(entry);
        StrictSchemas.assertValue(Topic.DIRECTORY.suffix(), new String(value, UTF_8));
        return directory(entry.key(), value);
    }

    /**
     * Puts an entry of the directory on its topic.
     *
     * @param value null for a tombstone
     */
    public TopologyKit directory(@Nullable String key, byte @Nullable [] value) {
        directory.pipeInput(key == null ? null : key.getBytes(UTF_8), value);
        return this;
    }

    /** Notifications of the account may be missing between these times. */
    public TopologyKit feedGap(String account, Instant from, Instant to) {
        FeedGap gap = new FeedGap(
                account, "websocket", from.toEpochMilli(), to.toEpochMilli(), FeedGap.Reason.RECOVERY_FAILED);
        feedGaps.pipeInput(FeedGapJson.key(gap).getBytes(UTF_8), FeedGapJson.write(gap));
        return this;
    }

    public TopologyKit receive(PhoneCall call) {
        return receive(call.notifications());
    }

    public TopologyKit receive(Collection<Notification> all) {
        all.forEach(this::receive);
        return this;
    }

    public TopologyKit receive(Notification notification) {
        return receive(notification.telephonySessionId().getBytes(UTF_8), notification.bytes(), Map.of());
    }

    public TopologyKit receive(byte[] value) {
        return receive(null, value, Map.of());
    }

    public TopologyKit receive(byte[] key, byte[] value, Map<String, String> headers) {
        RecordHeaders sent = new RecordHeaders();
        headers.forEach((name, text) -> sent.add(Headers.text(name, text)));
        notifications.pipeInput(new TestRecord<>(key, value, sent, now));
        return this;
    }

    /** Time passes, both receipt time and wall time. */
    public TopologyKit pass(Duration time) {
        now += time.toMillis();
        driver.advanceWallClockTime(time);
        return this;
    }

    /** What is received next was received so much later; it is read at once, before any tick of the wall clock. */
    public TopologyKit skip(Duration time) {
        now += time.toMillis();
        return this;
    }

    /** Longer than anything is waited for. */
    public TopologyKit passUntilNothingWaits() {
        return pass(CompletionTimeouts.DEFAULT.maxIdle().plusSeconds(1));
    }

    /** Whether there is more to read from now on, so that receipt time is that of the records alone. */
    private OptionalLong drainedAt() {
        return backlog ? OptionalLong.empty() : OptionalLong.of(now);
    }

    public TopologyKit backlog(boolean isThere) {
        backlog = isThere;
        return this;
    }

    public Instant now() {
        return Instant.ofEpochMilli(now);
    }

    /** Wall time now. */
    public Instant wall() {
        return WALL.plusMillis(now - RECEIVED.toEpochMilli());
    }

    /** What has come out on {@code calls} since this was last asked. */
    public List<Emission> emitted() {
        List<Emission> all = new ArrayList<>();
        for (TestRecord<String, byte[]> sent : calls.readRecordsToList()) {
            Emission emission =
                    new Emission(sent.key(), new String(sent.value(), UTF_8), headers(sent), sent.getRecordTime());
            assertDescribed(Topic.CALLS, emission.json(), emission.headers());
            fold.add(sent.key(), emission.json());
            everyCall.add(emission.json());
            all.add(emission);
        }
        return all;
    }

    /** The same in short. */
    public List<String> summaries() {
        return emitted().stream().map(Emission::summary).toList();
    }

    /** Everything that has come out on {@code calls}, put together as a reader would. */
    public CallsFold fold() {
        emitted();
        return fold;
    }

    /** Every value that has come out on {@code calls}. */
    public List<String> everyCall() {
        emitted();
        return everyCall;
    }

    /** What has come out on {@code dead-letters} since this was last asked. */
    public List<Letter> deadLetters() {
        return deadLetters.readRecordsToList().stream()
                .map(sent -> new Letter(
                        Bytes.wrap(sent.key()), Bytes.wrap(sent.value()), headers(sent), sent.getRecordTime()))
                .peek(letter -> StrictSchemas.assertHeaders(Topic.DEAD_LETTERS.suffix(), letter.headers()))
                .toList();
    }

    /** What has come out on {@code party-events} since this was last asked. */
    public List<Sent> partyEvents() {
        return sent(Topic.PARTY_EVENTS, partyEvents);
    }

    /** What has come out on {@code live-calls} since this was last asked. */
    public List<Sent> liveCalls() {
        return sent(Topic.LIVE_CALLS, liveCalls);
    }

    /** What has come out on {@code party-metrics} since this was last asked. */
    public List<Sent> partyRows() {
        return sent(Topic.PARTY_METRICS, partyRows);
    }

    /** What has come out on {@code window-metrics} since this was last asked. */
    public List<Sent> windowMetrics() {
        return sent(Topic.WINDOW_METRICS, windowMetrics);
    }

    private List<Sent> sent(Topic topic, TestOutputTopic<String, byte[]> outputs) {
        return outputs.readRecordsToList().stream()
                .map(sent -> new Sent(
                        sent.key(),
                        sent.value() == null ? null : new String(sent.value(), UTF_8),
                        headers(sent),
                        sent.getRecordTime()))
                .peek(sent -> assertDescribed(topic, sent.json(), sent.headers()))
                .toList();
    }

    /** What comes in has words that no test knows. */
    public TopologyKit unknownWords() {
        unknownWords = true;
        return this;
    }

    /** In every test, the records that go out are as the schemas say. */
    private void assertDescribed(Topic topic, @Nullable String json, Map<String, String> headers) {
        if (json == null) {
            assertThat(Schemas.ofValue(topic.suffix()).get("x-tombstones").asBoolean())
                    .as("tombstones on " + topic.suffix() + " by its schema")
                    .isTrue();
        } else if (unknownWords) {
            StrictSchemas.assertAccepted(topic.suffix(), json);
        } else {
            StrictSchemas.assertValue(topic.suffix(), json);
        }
        StrictSchemas.assertHeaders(topic.suffix(), headers);
    }

    /** How many entries of one kind are in a store. */
    public int entries(String store, StoreKeys.Kind kind) {
        KeyValueStore<Bytes, byte[]> entries = driver.getKeyValueStore(store);
        return TestStores.count(entries, kind);
    }

    /** The sessions in the store, as a restart finds them. */
    public List<StoredSession> sessions() {
        KeyValueStore<Bytes, byte[]> entries = driver.getKeyValueStore(StoreNames.CALLS);
        // The stage writes at the commits of this store; another one must not.
        SessionStore sessions = new SessionStore(TestStores.lookedAt(entries));
        return TestStores.keys(entries, StoreKeys.Kind.STATE).stream()
                .map(key -> sessions.get(StoreKeys.sessionOf(StoreKeys.reader(key))))
                .toList();
    }

    /** How many party events are kept. */
    public int keptEvents() {
        return sessions().stream()
                .mapToInt(session -> session.session().events().size())
                .sum();
    }

    /** How many call ids are known to have been emitted. */
    public long emittedIds() {
        return sessions().stream()
                .filter(session -> session.state().emission() != null)
                .count();
    }

    /** The same notification with something else in it. */
    public static Notification edited(Notification notification, Consumer<ObjectNode> edit) {
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

    /** The same limits, of which the revisions of a call with so many events are spaced out. */
    public static CallLimits spacedFrom(int events, CallLimits limits) {
        return new CallLimits(
                limits.sessionEvents(),
                limits.callSessions(),
                limits.callEvents(),
                limits.callParties(),
                limits.callBytes(),
                limits.recordBytes(),
                events);
    }

    /** As headers and records have times. */
    public static String time(Instant time) {
        return new String(Headers.time("any", time.toEpochMilli()).value(), UTF_8);
    }

    /** The notifications of one of the sessions of a call. */
    public static List<Notification> session(PhoneCall call, int session) {
        String id = call.telephonySessionIds().get(session);
        return call.notifications().stream()
                .filter(notification -> notification.telephonySessionId().equals(id))
                .toList();
    }

    /** Of the records of a call whose id is that of one of its sessions. */
    public static String key(PhoneCall call, int session) {
        return call.account().id() + "/" + call.telephonySessionIds().get(session);
    }

    public static ObjectNode body(ObjectNode notification) {
        return (ObjectNode) notification.path("body");
    }

    public static ObjectNode party(ObjectNode notification) {
        return (ObjectNode) notification.at("/body/parties/0");
    }

    public static ObjectNode tree(String json) {
        return (ObjectNode) TestJson.tree(json);
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
