package io.callweave.deliver.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Outcome;
import io.callweave.deliver.RetrySchedule;
import io.callweave.deliver.Version;
import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.deliver.receipt.ChangelogReceipts;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.record.ExcludedCalls;
import io.callweave.topics.Headers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class DeliveryProcessorTest {

    private static final int PARTITION = 1;
    private static final DeliverTopics TOPICS = new DeliverTopics("t.");

    private final CommittedOffsets committed = new CommittedOffsets(partitions -> {});
    private final TestPosts posts = new TestPosts();
    private final DeliveryProcessor processor = new DeliveryProcessor(
            new DeliverServices(
                    new DeliverRules(
                            new RetrySchedule(List.of(Duration.ofSeconds(10)), Duration.ofDays(1)),
                            Duration.ofHours(1),
                            4,
                            ExcludedCalls.NONE),
                    new SubscriptionTable(all -> {}),
                    null,
                    committed,
                    new DeadLetterReceipts(),
                    new ChangelogReceipts(DeliverTopology.changelog("test")),
                    posts,
                    new DeliverActivity(new SimpleMeterRegistry()),
                    new BusyTasks(),
                    () -> Instant.EPOCH,
                    Duration.ZERO),
            TOPICS);

    /** Kafka Streams uses a task again, and keeps its timers: the stage of before would post beside the next one. */
    @Test
    void shouldLeaveNoTimerBehindWhenItIsClosed() {
        MockProcessorContext<String, byte[]> context = context();

        processor.init(context);
        assertThat(timers(context)).isEqualTo(2);
        List.copyOf(context.scheduledPunctuators())
                .forEach(each -> each.getPunctuator().punctuate(0));
        assertThat(timers(context)).as("after a round").isEqualTo(2);
        processor.close();
        assertThat(timers(context)).isZero();

        processor.init(context);
        assertThat(timers(context)).isEqualTo(2);
    }

    /** After a kill: what the queue has is read again, and waits behind what other accounts have sent. */
    @Test
    void shouldPostNoOlderRevisionAfterANewerOne() throws IOException {
        MockProcessorContext<String, byte[]> context = context();
        KeyValueStore<String, byte[]> subscriptions = context.getStateStore(DeliverTopology.SUBSCRIPTIONS);
        subscriptions.put("sub-1", SubscriptionJson.write(Subscriptions.to("sub-1", "https://example.com/")));
        for (int i = 0; i < RecordIntake.MOST_MADE; i++) {
            subscriptions.put(
                    "many-" + i,
                    SubscriptionJson.write(Subscriptions.of(
                            "many-" + i, "https://example.com/", "*", Set.of(EventType.PARTY_STATUS), CallFilter.ALL)));
        }
        Record<String, byte[]> newer = call(2);
        new DeliveryQueue(context.getStateStore(DeliverTopology.DELIVERIES))
                .put(QueuedWebhook.of(
                        "sub-1",
                        OccurrenceReader.call(newer.key(), newer.value(), 0, newer.headers())
                                .occurrence(),
                        0,
                        new QueuedWebhook.Origin(TOPICS.calls(), 11)));

        processor.init(context);
        read(context, TOPICS.partyEvents(), 1, party("2"));
        read(context, TOPICS.partyEvents(), 2, party("3"));
        read(context, TOPICS.partyEvents(), 3, party("4"));
        read(context, TOPICS.calls(), 10, call(1));
        committed.add(Map.of(
                new TopicPartition(TOPICS.calls(), PARTITION), 12L,
                new TopicPartition(TOPICS.partyEvents(), PARTITION), 4L));
        List<String> posted = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            round(context);
            posted.addAll(posts.end(Outcome.Kind.DELIVERED));
        }

        assertThat(posted.stream().filter(each -> each.startsWith("call_"))).containsExactly("call_1_s-1_7_2");
    }

    /** They take as long as many webhooks, also if they match nothing. */
    @Test
    void shouldLookAtFewRecordsInARoundIfFiltersHaveManyTexts() {
        MockProcessorContext<String, byte[]> context = context();
        KeyValueStore<String, byte[]> subscriptions = context.getStateStore(DeliverTopology.SUBSCRIPTIONS);
        subscriptions.put("sub-1", SubscriptionJson.write(Subscriptions.to("sub-1", "https://example.com/")));
        Set<String> numbers = IntStream.range(0, 500).mapToObj(i -> "+44" + i).collect(Collectors.toSet());
        for (int i = 0; i < 100; i++) {
            subscriptions.put(
                    "filter-" + i,
                    SubscriptionJson.write(Subscriptions.of(
                            "filter-" + i,
                            "https://example.com/",
                            "1",
                            EventType.RECORDS,
                            new CallFilter(Set.of(), Set.of(), Set.of(), Set.of(), numbers, 0))));
        }
        String parties = IntStream.range(0, 500)
                .mapToObj(i -> "{\"phoneNumber\":\"+1" + i + "\"}")
                .collect(Collectors.joining(",", ",\"parties\":[", "]}"));

        processor.init(context);
        for (int i = 1; i <= 10; i++) {
            String value = "{\"callId\":\"s-" + i
                    + "\",\"accountId\":\"1\",\"status\":\"complete\",\"epoch\":7,\"revision\":1" + parties;
            read(context, TOPICS.calls(), i, record("1", "1/s-" + i, value));
        }
        committed.add(Map.of(new TopicPartition(TOPICS.calls(), PARTITION), 11L));
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(0);

        assertThat(posts.end(Outcome.Kind.DELIVERED)).hasSizeLessThan(5);
    }

    /** Or else those of others, which are read after them, would wait until all of them are parsed. */
    @Test
    void shouldNotLookAtTheNextRecordOfAnAccountInTheRoundAfterAVeryLargeOne() {
        MockProcessorContext<String, byte[]> context = context();
        KeyValueStore<String, byte[]> subscriptions = context.getStateStore(DeliverTopology.SUBSCRIPTIONS);
        subscriptions.put("sub-1", SubscriptionJson.write(Subscriptions.to("sub-1", "https://example.com/")));
        String value =
                "{\"callId\":\"s-%s\",\"accountId\":\"%s\",\"status\":\"complete\",\"epoch\":7,\"revision\":1%s}";
        committed.add(Map.of(new TopicPartition(TOPICS.calls(), PARTITION), 4L));
        processor.init(context);

        read(
                context,
                TOPICS.calls(),
                1,
                record("1", "1/s-1", value.formatted(1, 1, ",\"name\":\"" + "x".repeat(4_000_000) + "\"")));
        round(context);
        read(context, TOPICS.calls(), 2, record("1", "1/s-2", value.formatted(2, 1, "")));
        read(context, TOPICS.calls(), 3, record("2", "2/s-3", value.formatted(3, 2, "")));

        KeyValueStore<Bytes, byte[]> queue = context.getStateStore(DeliverTopology.DELIVERIES);
        assertThat(queue.get(QueueKeys.ofSlot("sub-1", "1/s-1"))).isNotNull();
        assertThat(queue.get(QueueKeys.ofSlot("sub-1", "1/s-2"))).isNull();
        assertThat(queue.get(QueueKeys.ofSlot("sub-1", "2/s-3"))).isNotNull();
        round(context);
        assertThat(queue.get(QueueKeys.ofSlot("sub-1", "1/s-2"))).isNotNull();
    }

    /** Each look is a scan, which takes long beside large values, and others wait for the thread meanwhile. */
    @Test
    void shouldNotLookThroughTheStoreEachSecondForWhatIsTooOld() {
        MockProcessorContext<String, byte[]> context = context();
        KeyValueStore<String, byte[]> subscriptions = context.getStateStore(DeliverTopology.SUBSCRIPTIONS);
        subscriptions.put(
                "sub-1",
                SubscriptionJson.write(
                        Subscriptions.to("sub-1", "https://example.com/").with(SubscriptionState.PAUSED, "", 0)));
        List<String> called = new ArrayList<>();
        context.addStateStore(listening(context.getStateStore(DeliverTopology.DELIVERIES), called));
        processor.init(context);
        read(context, TOPICS.calls(), 1, call(1));
        committed.add(Map.of(new TopicPartition(TOPICS.calls(), PARTITION), 2L));
        called.clear();

        for (int second = 0; second < 30; second++) {
            context.scheduledPunctuators().get(1).getPunctuator().punctuate(0);
        }

        assertThat(called).containsOnlyOnce("range");
    }

    @SuppressWarnings("unchecked")
    private static KeyValueStore<Bytes, byte[]> listening(KeyValueStore<Bytes, byte[]> store, List<String> called) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                DeliveryProcessorTest.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    called.add(method.getName());
                    return method.invoke(store, arguments);
                });
    }

    private static void round(MockProcessorContext<String, byte[]> context) {
        List.copyOf(context.scheduledPunctuators()).stream()
                .filter(each -> !each.cancelled())
                .forEach(each -> each.getPunctuator().punctuate(0));
    }

    @Test
    void shouldPostToOthersBeforeAllWebhooksOfARecordAreMade() {
        MockProcessorContext<String, byte[]> context = context();
        KeyValueStore<String, byte[]> subscriptions = context.getStateStore(DeliverTopology.SUBSCRIPTIONS);
        for (int i = 0; i < 450; i++) {
            subscriptions.put(
                    "sub-" + i,
                    SubscriptionJson.write(Subscriptions.of(
                            "sub-" + i, "https://example.com/", "1", EventType.RECORDS, CallFilter.ALL)));
        }
        subscriptions.put(
                "other",
                SubscriptionJson.write(
                        Subscriptions.of("other", "https://example.com/", "2", EventType.RECORDS, CallFilter.ALL)));

        processor.init(context);
        String value = "{\"callId\":\"s-%s\",\"accountId\":\"%s\",\"status\":\"complete\",\"epoch\":7,\"revision\":1}";
        read(context, TOPICS.calls(), 1, record("1", "1/s-1", value.formatted(1, 1)));
        read(context, TOPICS.calls(), 2, record("2", "2/s-2", value.formatted(2, 2)));
        committed.add(Map.of(new TopicPartition(TOPICS.calls(), PARTITION), 3L));
        List<String> posted = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            round(context);
            posted.addAll(posts.end(Outcome.Kind.DELIVERED));
        }

        assertThat(posted).startsWith("call_2_s-2_7_1").hasSize(451);
        assertThat(posted.stream().filter("call_1_s-1_7_1"::equals)).hasSize(450);
    }

    @Test
    void shouldPostTestsAndWhatIsOfOthersBeforeAllThatAnAccountWantsAgain() {
        MockProcessorContext<String, byte[]> context = context();
        KeyValueStore<String, byte[]> subscriptions = context.getStateStore(DeliverTopology.SUBSCRIPTIONS);
        for (String account : List.of("1", "2")) {
            subscriptions.put(
                    "sub-" + account,
                    SubscriptionJson.write(Subscriptions.of(
                            "sub-" + account, "https://example.com/", account, EventType.RECORDS, CallFilter.ALL)));
        }
        processor.init(context);
        for (int i = 1; i <= 300; i++) {
            read(context, TOPICS.requests(), i, again("1", "s-" + i));
        }
        read(context, TOPICS.requests(), 301, again("2", "s-1"));
        Occurrence test = DeliveryHeaders.test("sub-1", 0);
        read(
                context,
                TOPICS.requests(),
                302,
                new Record<>(test.slot(), test.value(), 0, DeliveryHeaders.of("sub-1", test)));
        committed.add(Map.of(new TopicPartition(TOPICS.requests(), PARTITION), 303L));
        List<String> made = new ArrayList<>();
        try (var all = context.<KeyValueStore<Bytes, byte[]>>getStateStore(DeliverTopology.DELIVERIES)
                .all()) {
            all.forEachRemaining(each -> {
                if (each.key.get()[0] == QueueKeys.ofSlot("", "").get()[0]) {
                    made.add(DeliveryCodec.read(each.value).occurrence().id());
                }
            });
        }
        assertThat(made).contains("call_2_s-1", test.id()).hasSize(102);

        List<String> posted = new ArrayList<>();
        for (int round = 0; round < 100; round++) {
            round(context);
            posted.addAll(posts.end(Outcome.Kind.DELIVERED));
        }
        assertThat(posted).doesNotHaveDuplicates().hasSize(302);
    }

    private static Record<String, byte[]> again(String account, String call) {
        Occurrence occurrence = new Occurrence(
                EventType.CALL_COMPLETED,
                account,
                account + "/" + call,
                new Version(7, 1, 0),
                "call_" + account + "_" + call,
                1,
                new byte[] {'{', '}'});
        return new Record<>(occurrence.slot(), occurrence.value(), 1, DeliveryHeaders.of("sub-" + account, occurrence));
    }

    private void read(
            MockProcessorContext<String, byte[]> context, String topic, long offset, Record<String, byte[]> record) {
        context.setRecordMetadata(topic, PARTITION, offset);
        processor.process(record);
    }

    private static Record<String, byte[]> call(int revision) {
        return record(
                "1",
                "1/s-1",
                "{\"callId\":\"s-1\",\"accountId\":\"1\",\"status\":\"complete\",\"epoch\":7,\"revision\":" + revision
                        + "}");
    }

    private static Record<String, byte[]> party(String account) {
        return record(
                account,
                "s-2",
                "{\"accountId\":\"" + account
                        + "\",\"telephonySessionId\":\"s-2\",\"partyId\":\"p-1\",\"sequence\":1}");
    }

    private static Record<String, byte[]> record(String account, String key, String value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.text(Headers.ACCOUNT, account));
        headers.add(Headers.text(Headers.EPOCH, "7"));
        return new Record<>(key, value.getBytes(StandardCharsets.UTF_8), 0, headers);
    }

    private static long timers(MockProcessorContext<String, byte[]> context) {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .count();
    }

    private static MockProcessorContext<String, byte[]> context() {
        Properties options = new Properties();
        options.put("application.id", "test");
        options.put("bootstrap.servers", "none:1");
        MockProcessorContext<String, byte[]> context = new MockProcessorContext<>(
                options, new TaskId(0, PARTITION), new File(System.getProperty("java.io.tmpdir")));
        add(context, DeliverTopology.DELIVERIES, Serdes.Bytes());
        add(context, DeliverTopology.FAILING, Serdes.String());
        add(context, DeliverTopology.SUBSCRIPTIONS, Serdes.String());
        return context;
    }

    private static <K> void add(MockProcessorContext<String, byte[]> context, String name, Serde<K> keys) {
        KeyValueStore<K, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), keys, Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }
}
