package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.store.CallStore;
import io.callweave.console.store.WindowQueries;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.record.ExcludedCalls;
import io.callweave.topics.Topic;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed with a broker: where it begins to read, and how it goes on after a fault. */
@Tag("full")
class TopicFeedIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration RETENTION = Duration.ofDays(7);

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static Map<String, Object> client;
    private static Producer<byte[], byte[]> producer;

    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicBoolean holding = new AtomicBoolean();
    private final AtomicBoolean held = new AtomicBoolean();
    private final AtomicLong calls = new AtomicLong();
    private final List<String> read = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
        // Partitions that are added are not known earlier.
        client = Map.of("bootstrap.servers", kafka.bootstrapServers(), "metadata.max.age.ms", "1000");
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        kafka.close();
    }

    @Test
    void shouldShowWhatItHadUntilItHasReadAllAgainAfterAFault() throws Exception {
        createTopics("fault.");
        long now = System.currentTimeMillis();
        for (int i = 0; i < 3; i++) {
            put("fault.calls", "A/s-" + i, call("s-" + i), now);
            put("fault.live-calls", "A/live-" + i, live("live-" + i), now);
            put("fault.dead-letters", "x", "no JSON", now);
        }
        Kept kept = kept("fault");
        try (CallStore store = kept.calls();
                TopicFeed feed = TopicFeed.start(config("fault."), kept, OptionalLong::empty, this::consumer)) {
            await().until(feed::isReady);
            ChangeListener listener = kept.changes().listen(AccountScope.OPERATOR, null);
            long before = calls.get();
            holding.set(true);
            failing.set(true);
            await().until(() -> !failing.get());
            put("fault.live-calls", "A/live-0", null, now);

            await().during(Duration.ofSeconds(2))
                    .until(() -> kept.live().all(AccountScope.OPERATOR, null).size() == 3
                            && kept.deadLetters().count() == 3
                            && feed.isReady());
            assertThat(feed.behindMs().orElseThrow()).isPositive();
            holding.set(false);

            assertThat(changes(listener)).containsExactly("reset");
            assertThat(kept.live().all(AccountScope.OPERATOR, null)).hasSize(2);
            assertThat(kept.deadLetters().count()).isEqualTo(3);
            assertThat(store.size(AccountScope.OPERATOR)).isEqualTo(3);
            assertThat(calls.get()).as("records that were read again").isEqualTo(before);

            put("fault.calls", "A/s-9", call("s-9"), now);
            assertThat(changes(listener)).containsExactly("call");
        }
    }

    @Test
    void shouldNotReadWhatRetentionWouldDelete() throws Exception {
        createTopics("old.");
        long now = System.currentTimeMillis();
        long old = now - RETENTION.toMillis() - 60_000;
        for (int i = 0; i < 100; i++) {
            put("old.calls", "A/old-" + i, call("old-" + i), old);
        }
        put("old.calls", "A/s-new", call("s-new"), now);
        put("old.live-calls", "A/live", live("live"), old);
        Instant hour = Instant.ofEpochMilli(now).minus(Duration.ofHours(1));
        // It was last written before the time of retention, and ends after it.
        put("old.window-metrics", "A/account/A/P1D/week", window("account", hour.minus(RETENTION)), old);
        put("old.window-metrics", "A/queue/7/P1D/week", window("queue", hour.minus(RETENTION)), old);
        Kept kept = kept("old");
        try (CallStore store = kept.calls();
                TopicFeed feed = TopicFeed.start(config("old."), kept, OptionalLong::empty, this::consumer)) {
            await().until(feed::isReady);

            assertThat(calls).hasValue(1);
            assertThat(store.size(AccountScope.OPERATOR)).isEqualTo(1);
            assertThat(kept.live().size()).isEqualTo(1);
            assertThat(store.windows()
                            .page(
                                    AccountScope.OPERATOR,
                                    new WindowQueries.Asked(null, null, null, null, null, null),
                                    9,
                                    null)
                            .values())
                    .hasSize(2);
        }
    }

    @Test
    void shouldTellHowFarTheSlowerOfTopologyAndConsoleIsBehind() throws Exception {
        createTopics("slow.");
        Kept kept = kept("slow");
        try (CallStore store = kept.calls();
                ChangeListener listener = kept.changes().listen(AccountScope.OPERATOR, null);
                TopicFeed feed =
                        TopicFeed.start(config("slow."), kept, () -> OptionalLong.of(34_000), this::consumer)) {
            List<String> beats = new ArrayList<>();
            await().until(() -> {
                listener.next(100).forEach(event -> beats.add(new String(event.part(0), UTF_8)));
                return !beats.isEmpty();
            });

            assertThat(beats.get(0)).contains("\"behindMs\":34000");
            assertThat(feed.behindMs()).hasValue(0);
            assertThat(store.size(AccountScope.OPERATOR)).isZero();
        }
    }

    @Test
    void shouldReadPartitionsThatAreAdded() throws Exception {
        createTopics("more.");
        Kept kept = kept("more");
        try (CallStore store = kept.calls();
                TopicFeed feed = TopicFeed.start(config("more."), kept, OptionalLong::empty, this::consumer);
                Admin admin = Admin.create(client)) {
            await().until(feed::isReady);
            admin.createPartitions(Map.of("more.calls", NewPartitions.increaseTo(2)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(
                            "more.calls",
                            1,
                            "A/s-1".getBytes(UTF_8),
                            call("s-1").getBytes(UTF_8)))
                    .get();

            await().until(() -> store.size(AccountScope.OPERATOR) == 1);
            assertThat(feed.isReady()).isTrue();
        }
    }

    @Test
    void shouldReadCallsBeforeThousandsOfWindows() throws Exception {
        createTopics("many.");
        long now = System.currentTimeMillis();
        Instant day = Instant.ofEpochMilli(now).truncatedTo(ChronoUnit.DAYS);
        Kept kept = kept("many");
        try (CallStore store = kept.calls();
                TopicFeed feed = TopicFeed.start(config("many."), kept, OptionalLong::empty, this::consumer)) {
            await().until(feed::isReady);
            holding.set(true);
            // A poll before that may last until there are windows.
            await().until(held::get);
            for (int i = 0; i < 10_000; i++) {
                producer.send(new ProducerRecord<>(
                        "many.window-metrics",
                        ("A/extension/" + i + "/P1D/").getBytes(UTF_8),
                        window("extension", day).getBytes(UTF_8)));
            }
            put("many.calls", "A/s-1", call("s-1"), now);
            holding.set(false);

            await().until(() -> read.size() == 10_001);
            assertThat(read.indexOf("many.calls"))
                    .as("after the windows of two turns")
                    .isLessThan(6_000);
            assertThat(store.size(AccountScope.OPERATOR)).isEqualTo(1);
        }
    }

    private static List<String> changes(ChangeListener listener) {
        List<String> types = new ArrayList<>();
        await().until(() -> {
            listener.next(100).stream()
                    .map(ChangeEvent::type)
                    .filter(type -> !type.equals("beat"))
                    .forEach(types::add);
            return !types.isEmpty();
        });
        return types;
    }

    /** One that fails or reads nothing when the test wants it, and counts the records of calls. */
    @SuppressWarnings("unchecked")
    private Consumer<byte[], byte[]> consumer() {
        Consumer<byte[], byte[]> real = Consumers.of(client);
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                TopicFeedIT.class.getClassLoader(), new Class<?>[] {Consumer.class}, (proxy, method, given) -> {
                    boolean polls = method.getName().equals("poll");
                    if (polls && failing.compareAndSet(true, false)) {
                        throw new KafkaException("The test wants it.");
                    }
                    if (polls && holding.get()) {
                        held.set(true);
                        Thread.sleep(50);
                        return ConsumerRecords.empty();
                    }
                    try {
                        Object result = method.invoke(real, given);
                        if (polls) {
                            ((ConsumerRecords<?, ?>) result).forEach(each -> {
                                read.add(each.topic());
                                if (each.topic().endsWith(".calls")) {
                                    calls.incrementAndGet();
                                }
                            });
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private static Kept kept(String name) {
        return TestKept.in(directory.resolve(name));
    }

    private static FeedConfig config(String prefix) {
        return new FeedConfig(client, prefix, RETENTION, 1_000, 1 << 30, Masking.OFF, ExcludedCalls.NONE);
    }

    private static void createTopics(String prefix) throws Exception {
        try (Admin admin = Admin.create(client)) {
            List<NewTopic> topics = new ArrayList<>();
            for (Topic topic : List.of(
                    Topic.DIRECTORY,
                    Topic.CALLS,
                    Topic.LIVE_CALLS,
                    Topic.WINDOW_METRICS,
                    Topic.NOTIFICATIONS,
                    Topic.DEAD_LETTERS)) {
                topics.add(new NewTopic(topic.name(prefix), Optional.of(1), Optional.of((short) 1))
                        .configs(Map.of("retention.ms", "-1")));
            }
            admin.createTopics(topics).all().get();
        }
    }

    private static void put(String topic, String key, @Nullable String value, long timestamp) throws Exception {
        producer.send(new ProducerRecord<>(
                        topic, 0, timestamp, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)))
                .get();
    }

    private static String live(String id) {
        return """
                {"accountId": "A", "callId": "%s", "state": "talking", "since": "2026-03-02T09:00:00.000Z",
                 "startTime": "2026-03-02T09:00:00.000Z", "parties": []}""".formatted(id);
    }

    private static String call(String id) throws Exception {
        ObjectNode call =
                (ObjectNode) JSON.readTree(Path.of("docs/examples/call.json").toFile());
        return call.put("accountId", "A").put("callId", id).toString();
    }

    private static String window(String scope, Instant start) {
        return JSON.createObjectNode()
                .put("accountId", "A")
                .put("scope", scope)
                .put("scopeId", "7")
                .put("window", "P1D")
                .put("windowStart", start.toString())
                .put("windowEnd", start.plus(Duration.ofDays(1)).toString())
                .toString();
    }
}
