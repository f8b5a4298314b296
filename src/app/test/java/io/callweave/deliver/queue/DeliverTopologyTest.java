package io.callweave.deliver.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Outcome;
import io.callweave.deliver.Outcome.Kind;
import io.callweave.deliver.RetrySchedule;
import io.callweave.deliver.Version;
import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.deliver.post.Ticket;
import io.callweave.deliver.post.Tickets;
import io.callweave.deliver.receipt.ChangelogReceipts;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.deliver.subscription.WaitFor;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.record.ExcludedCalls;
import io.callweave.schema.StrictSchemas;
import io.callweave.topics.Headers;
import io.callweave.topology.state.OtherFormatException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.BytesDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeliverTopologyTest {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    private static final long EVERYTHING = 1_000_000;
    private static final DeliverTopics TOPICS = new DeliverTopics("t.");

    @TempDir
    private Path folder;

    private final TestPosts posts = new TestPosts();
    private final CommittedOffsets committed = new CommittedOffsets(partitions -> {});
    private final DeadLetterReceipts deadLetters = new DeadLetterReceipts();
    private final ChangelogReceipts changelog = new ChangelogReceipts(DeliverTopology.changelog("test"));
    private Instant now = START;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeliverActivity activity = new DeliverActivity(meters);
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        DeliverRules rules = new DeliverRules(
                new RetrySchedule(List.of(Duration.ofSeconds(10), Duration.ofSeconds(100)), Duration.ofDays(1)),
                Duration.ofHours(1),
                4,
                ExcludedCalls.parse("extension:901").orElseThrow());
        DeliverServices services = new DeliverServices(
                rules,
                new SubscriptionTable(all -> {}),
                null,
                committed,
                deadLetters,
                changelog,
                posts,
                activity,
                new BusyTasks(),
                () -> now,
                Duration.ZERO);
        Properties options = new Properties();
        options.put("application.id", "test");
        options.put("bootstrap.servers", "none:1");
        options.put("state.dir", folder.toString());
        driver = new TopologyTestDriver(DeliverTopology.build(services, TOPICS), options, now);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void shouldPostARecordOnce() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));

        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_1");
        pass(Duration.ofHours(1));
        assertThat(posts.given).isEmpty();
    }

    @Test
    void shouldPostTheGapThatARecordOverlaps() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        commit(EVERYTHING);
        TestRecord<String, byte[]> record =
                record("1/s-1", "{\"callId\":\"s-1\",\"accountId\":\"1\",\"revision\":1,\"epoch\":7}");
        record.headers().add(Headers.text(Headers.FEED_GAP, "1/2026-11-21T07:00:00.000Z"));

        input(TOPICS.calls()).pipeInput(record);
        pass(Duration.ofMillis(20));

        assertThat(posts.given)
                .singleElement()
                .satisfies(ticket -> assertThat(
                                new String(ticket.delivery().occurrence().value(), StandardCharsets.UTF_8))
                        .endsWith("\"epoch\":7,\"feedGap\":\"1/2026-11-21T07:00:00.000Z\"}"));
    }

    @Test
    void shouldPostNothingBeforeTheRecordIsCommitted() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));

        uncommittedCall("s-1", 1, "complete");
        pass(Duration.ofMinutes(1));
        assertThat(posts.given).isEmpty();
        commit(1);
        pass(Duration.ofMillis(20));

        assertThat(posts.given).hasSize(1);
    }

    @Test
    void shouldReplaceWhatWaitsWithANewerRevision() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));

        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));
        call("s-1", 2, "complete");
        call("s-1", 3, "superseded");
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_3");
        pass(Duration.ofHours(1));
        assertThat(posts.given).isEmpty();
    }

    @Test
    void shouldHoldBackANewerRevisionWhileTheOlderIsPosted() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));
        var running = posts.given.remove(0);
        Tickets.take(running);

        call("s-1", 2, "complete");
        pass(Duration.ofMinutes(1));
        assertThat(posts.given).isEmpty();
        Tickets.end(running, new Outcome(Kind.DELIVERED, "HTTP 200", Duration.ZERO, Duration.ZERO));
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_2");
    }

    @Test
    void shouldIgnoreAnOlderRevisionThatIsReadAgain() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));

        call("s-1", 2, "complete");
        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_2");
        pass(Duration.ofHours(1));
        assertThat(posts.given).isEmpty();
    }

    @Test
    void shouldAttemptAgainAndGiveUpInTheEnd() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete");

        for (int attempt = 1; attempt <= 3; attempt++) {
            pass(Duration.ofSeconds(attempt == 1 ? 1 : attempt == 2 ? 12 : 120));
            assertThat(end(Kind.FAILED)).as("attempt %d", attempt).hasSize(1);
        }
        pass(Duration.ofMillis(20));

        TestRecord<String, byte[]> given = deadLetter();
        assertThat(given.key()).isEqualTo("1/s-1");
        assertThat(text(given, Headers.REASON)).isEqualTo("attempts");
        assertThat(text(given, DeliveryHeaders.ATTEMPTS)).isEqualTo("3");
        assertThat(text(given, DeliveryHeaders.WEBHOOK_ID)).isEqualTo("call_1_s-1_7_1");
        assertThat(new String(given.value(), StandardCharsets.UTF_8)).contains("\"callId\":\"s-1\"");
    }

    @Test
    void shouldDeliverAgainWhatIsAskedFor() {
        shouldAttemptAgainAndGiveUpInTheEnd();
        call("s-2", 1, "complete");
        subscribe(Subscriptions.to("sub-1", "https://example.com/").with(SubscriptionState.ACTIVE, "", 1));
        pass(Duration.ofMillis(20));
        end(Kind.DELIVERED);
        RecordHeaders headers = DeliveryHeaders.of(
                "sub-1",
                new Occurrence(
                        EventType.CALL_COMPLETED,
                        "1",
                        "1/s-1",
                        new Version(7, 1, 0),
                        "call_1_s-1_7_1",
                        1,
                        new byte[0]));

        input(TOPICS.requests()).pipeInput(new TestRecord<>("1/s-1", new byte[] {'{', '}'}, headers, now));
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_1");
    }

    @Test
    void shouldDeleteASubscriptionWhoseEndpointIsGone() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete");
        call("s-2", 1, "complete");
        pass(Duration.ofMillis(20));
        posts.given.remove(1).withdraw();
        end(Kind.GONE);
        pass(Duration.ofMillis(20));

        TestRecord<String, byte[]> deleted = subscriptionChanges().readRecord();
        assertThat(deleted.key()).isEqualTo("sub-1");
        assertThat(deleted.value()).isNull();
        assertThat(text(deadLetter(), Headers.REASON)).isEqualTo("gone");
    }

    @Test
    void shouldActivateASubscriptionAfterASuccessfulTest() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/").with(SubscriptionState.UNVERIFIED, "", 0));
        call("s-1", 1, "complete");
        var test = DeliveryHeaders.test("sub-1", now.toEpochMilli());
        input(TOPICS.requests())
                .pipeInput(new TestRecord<>(test.slot(), test.value(), DeliveryHeaders.of("sub-1", test), now));

        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).containsExactly(test.id());
        pass(Duration.ofMillis(20));

        byte[] changed = subscriptionChanges().readValue();
        assertThat(SubscriptionJson.read(changed).state()).isEqualTo(SubscriptionState.ACTIVE);
        StrictSchemas.assertValue("deliver-subscriptions", new String(changed, StandardCharsets.UTF_8));
    }

    @Test
    void shouldSuspendASubscriptionWhoseEndpointFailsForTooLong() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));
        end(Kind.FAILED);
        pass(Duration.ofMinutes(61));
        end(Kind.FAILED);
        pass(Duration.ofMillis(20));

        assertThat(SubscriptionJson.read(subscriptionChanges().readValue()).state())
                .isEqualTo(SubscriptionState.SUSPENDED);
    }

    @Test
    void shouldKeepWhatHappensWhileASubscriptionIsPaused() {
        WebhookSubscription subscription = Subscriptions.to("sub-1", "https://example.com/");
        subscribe(subscription.with(SubscriptionState.PAUSED, "", 0));
        call("s-1", 1, "complete");
        pass(Duration.ofHours(1));
        assertThat(posts.given).isEmpty();

        subscribe(subscription);
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).hasSize(1);
    }

    @Test
    void shouldGiveUpWhatWaitedForTooLong() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/").with(SubscriptionState.PAUSED, "", 0));
        call("s-1", 1, "complete");
        pass(Duration.ofHours(25));

        assertThat(text(deadLetter(), Headers.REASON)).isEqualTo("expired");
    }

    /** A deliverer that was away for long must not drop calls silently, also if it ends before the dead letter is safe. */
    @Test
    void shouldKeepADeadLetterOfARecordThatIsReadTooLate() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        now = now.plus(Duration.ofHours(25));

        uncommittedCall("s-1", 1, "complete", START);
        pass(Duration.ofMillis(20));

        assertThat(queue().get(QueueKeys.ofSlot("sub-1", "1/s-1"))).isNotNull();
        assertThat(text(deadLetter(), Headers.REASON)).isEqualTo("expired");
        pass(Duration.ofHours(1));
        assertThat(queue().approximateNumEntries()).isZero();
        assertThat(deadLetters().isEmpty()).isTrue();
        assertThat(posts.given).isEmpty();
    }

    /** The broker can have taken the removal from the queue but not the dead letter. */
    @Test
    void shouldKeepWhatWasGivenUpUntilItsDeadLetterIsSafe() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));
        end(Kind.GONE);

        assertThat(queue().get(QueueKeys.ofSlot("sub-1", "1/s-1"))).isNotNull();
        deadLetter();
        pass(Duration.ofMillis(20));
        assertThat(queue().approximateNumEntries()).isZero();
        assertThat(deadLetters().isEmpty()).isTrue();
    }

    private static final String LARGE = "\"name\": \"" + "x".repeat(20_000) + "\"";

    /** A hundred subscriptions would have a call of megabytes in memory a hundred times. */
    @Test
    void shouldHaveTheValueOfARecordInMemoryOnceForAllSubscriptions() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        subscribe(Subscriptions.to("sub-2", "https://example.com/"));
        call("s-1", 1, "complete", LARGE);
        Bytes shared = shared();
        assertThat(written()).filteredOn(shared::equals).hasSize(1);
        pass(Duration.ofMillis(20));

        call("s-2", 1, "complete");
        pass(Duration.ofMillis(20));

        assertThat(posts.given.stream()
                        .map(each -> each.delivery().occurrence().value())
                        .collect(Collectors.toSet()))
                .hasSize(2);
        assertThat(posts.given).hasSize(4);
    }

    @Test
    void shouldKeepTheValueOfARecordUntilTheLastSubscriptionHasIt() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        subscribe(Subscriptions.to("sub-2", "https://example.com/").with(SubscriptionState.PAUSED, "", 0));
        call("s-1", 1, "complete", LARGE);
        Bytes shared = shared();
        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).hasSize(1);
        pass(Duration.ofMillis(20));
        assertThat(queue().get(shared)).isNotNull();

        subscribe(Subscriptions.to("sub-2", "https://example.com/"));
        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).hasSize(1);
        pass(Duration.ofMillis(20));
        assertEmptyQueue();
    }

    @Test
    void shouldReplaceTheValueOfARevisionThatWaits() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete", LARGE);
        Bytes shared = shared();
        call("s-1", 2, "complete", LARGE);
        assertThat(queue().get(shared)).isNull();

        call("s-1", 3, "complete");
        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_3");
        pass(Duration.ofMillis(20));
        assertEmptyQueue();
    }

    @Test
    void shouldWriteASharedValueAgainIfItsRecordIsReadAgainAfterACrash() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete", LARGE);
        Bytes shared = shared();
        DeliveryQueue restarted = new DeliveryQueue(queue());
        QueuedWebhook waiting =
                Objects.requireNonNull(restarted.whole(Objects.requireNonNull(restarted.get("sub-1", "1/s-1"))));
        queue().delete(shared);

        restarted.put(waiting);

        assertThat(queue().get(shared)).isNotNull();
    }

    /** After a crash, the store can have a webhook again whose value has left with the last one that had it. */
    @ParameterizedTest
    @EnumSource(
            value = SubscriptionState.class,
            names = {"ACTIVE", "PAUSED"})
    void shouldForgetAWebhookWithoutItsValue(SubscriptionState state) {
        subscribe(Subscriptions.to("sub-1", "https://example.com/").with(SubscriptionState.PAUSED, "", 0));
        call("s-1", 1, "complete", LARGE);
        queue().delete(shared());

        subscribe(Subscriptions.to("sub-1", "https://example.com/").with(state, "", 0));
        pass(Duration.ofDays(60));

        assertThat(posts.given).isEmpty();
        assertThat(deadLetters().isEmpty()).isTrue();
        assertEmptyQueue();
    }

    @Test
    void shouldGiveUpOneOfTwoThatShareAValue() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        subscribe(Subscriptions.to("sub-2", "https://example.com/").with(SubscriptionState.PAUSED, "", 0));
        call("s-1", 1, "complete", LARGE);
        Bytes shared = shared();
        pass(Duration.ofMillis(20));
        end(Kind.GONE);

        TestRecord<String, byte[]> letter = deadLetter();
        assertThat(letter.value()).hasSizeGreaterThan(20_000);
        pass(Duration.ofMillis(20));
        assertThat(queue().get(shared)).isNotNull();

        subscribe(Subscriptions.to("sub-2", "https://example.com/"));
        input(TOPICS.requests()).pipeInput(new TestRecord<>(letter.key(), letter.value(), letter.headers(), now));
        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).hasSize(1);
        pass(Duration.ofMinutes(2));
        deadLetter();
        pass(Duration.ofMillis(20));
        assertEmptyQueue();
    }

    /** What waits for the producer of Kafka would keep the thread. */
    @Test
    void shouldGiveUpFewLargeOnesAtATime() {
        for (int i = 1; i <= 3; i++) {
            subscribe(Subscriptions.to("sub-" + i, "https://example.com/").with(SubscriptionState.PAUSED, "", 0));
        }
        call("s-1", 1, "complete", "\"name\": \"" + "x".repeat(600_000) + "\"");

        pass(Duration.ofDays(60));
        assertThat(deadLetters().getQueueSize()).isEqualTo(2);
        deadLetter();
        deadLetter();
        pass(Duration.ofSeconds(2));
        assertThat(deadLetters().getQueueSize()).isEqualTo(1);
        deadLetter();
        pass(Duration.ofSeconds(2));
        assertEmptyQueue();
    }

    @Test
    void shouldPostAndGiveUpWhatIsOfOthersWhileMuchOfAnAccountIsGivenUp() {
        subscribe(Subscriptions.of("sub-1", "https://example.com/", "1", EventType.RECORDS, CallFilter.ALL));
        call("s-1", 1, "complete", "\"name\": \"" + "x".repeat(1_100_000) + "\"");
        pass(Duration.ofMillis(20));
        end(Kind.GONE);
        assertThat(deadLetters().readRecord().key()).isEqualTo("1/s-1");
        WebhookSubscription other =
                Subscriptions.of("sub-2", "https://example.com/", "2", Set.of(EventType.PARTY_STATUS), CallFilter.ALL);
        subscribe(other);
        for (int i = 1; i <= 4; i++) {
            party("2", "p-" + i, 1);
        }
        driver.advanceWallClockTime(Duration.ofMillis(20));
        assertThat(posts.end(Kind.DELIVERED)).hasSize(4);

        subscribe(other.with(SubscriptionState.PAUSED, "", 0));
        party("2", "p-5", 1);
        pass(Duration.ofDays(60));
        assertThat(deadLetters().readRecord().key()).contains("p-5");
    }

    /** What left the queue just before a crash. */
    @Test
    void shouldKeepNoValueThatNothingInTheQueueHas() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete", LARGE);
        queue().delete(QueueKeys.ofSlot("sub-1", "1/s-1"));
        queue().delete(QueueKeys.ofTime("sub-1", now.toEpochMilli(), "1/s-1"));

        assertThat(new DeliveryQueue(queue()).subscriptions()).isEmpty();

        assertEmptyQueue();
    }

    @Test
    void shouldGiveFewLargeCallsOfAnEndpointToBePostedAtATime() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        for (int i = 1; i <= 3; i++) {
            call("s-" + i, 1, "complete", "\"name\": \"" + "x".repeat(600_000) + "\"");
        }
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_1", "call_1_s-2_7_1");
        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-3_7_1");
    }

    @Test
    void shouldBringTheValueOfWhatWaitsWithoutItWhenItsTurnComes() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete", LARGE);
        call("s-2", 1, "complete");
        pass(Duration.ofMillis(20));
        assertThat(posts.given).hasSize(2);
        List<String> before = values();
        posts.given.forEach(Tickets::leaveValue);
        assertThat(values()).containsOnly("");

        List<String> there = new ArrayList<>();
        posts.given.forEach(each ->
                Tickets.ask(each, () -> there.add(each.delivery().occurrence().id())));
        assertThat(there).isEmpty();
        pass(Duration.ofMillis(20));

        assertThat(there).containsExactly("call_1_s-1_7_1", "call_1_s-2_7_1");
        assertThat(values()).isEqualTo(before);
        end(Kind.DELIVERED);
        assertEmptyQueue();
    }

    private List<String> values() {
        return posts.given.stream()
                .map(each -> new String(each.delivery().occurrence().value(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void shouldPostTheNewerRevisionIfItComesWhileTheOlderWaitsForItsValue() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete", LARGE);
        pass(Duration.ofMillis(20));
        Ticket older = posts.given.remove(0);
        Tickets.leaveValue(older);
        List<String> left = new ArrayList<>();
        Tickets.ask(older, () -> left.add("older"));

        call("s-1", 2, "complete", LARGE);
        pass(Duration.ofMillis(20));

        assertThat(left).as("its place in the lane").containsExactly("older");
        assertThat(Tickets.take(older)).isFalse();
        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_2");
        assertEmptyQueue();
    }

    /** After a crash, the store can have the value of a record that is read again, while its webhook is not there yet. */
    @Test
    void shouldNotPostTheValueOfARevisionAsThatOfAnother() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete", LARGE);
        byte[] before = queue().get(QueueKeys.ofSlot("sub-1", "1/s-1"));
        call("s-1", 2, "complete", LARGE);
        queue().put(QueueKeys.ofSlot("sub-1", "1/s-1"), before);
        pass(Duration.ofMillis(20));
        assertThat(posts.given).isEmpty();

        call("s-1", 2, "complete");
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_2");
    }

    /** After a crash, a queue can lack the order of what it has. The record is not committed then, so it is read again. */
    @Test
    void shouldPostWhatHasNoPlaceInTheOrderAndIsReadAgain() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        uncommittedCall("s-1", 1, "complete");
        queue().delete(QueueKeys.ofTime("sub-1", now.toEpochMilli(), "1/s-1"));

        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_1");
    }

    /** After a kill the store can have what its changelog lacks, and another instance has only the changelog. */
    @Test
    void shouldWriteToTheChangelogWhatIsReadAgain() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        uncommittedCall("s-1", 1, "complete");
        Bytes slot = QueueKeys.ofSlot("sub-1", "1/s-1");
        Bytes place = QueueKeys.ofTime("sub-1", now.toEpochMilli(), "1/s-1");
        assertThat(written()).contains(slot, place);

        uncommittedCall("s-1", 1, "complete");

        assertThat(written()).contains(slot, place);
    }

    @Test
    void shouldWriteToTheChangelogWhatIsReadAgainAndWaits() {
        letRecordsWait();
        Bytes second = QueueKeys.ofArrival("1", TOPICS.partyEvents(), 1);
        queue().put(
                        second,
                        ArrivalCodec.write(new ArrivedRecord(
                                "1",
                                new QueuedWebhook.Origin(TOPICS.partyEvents(), 1),
                                "s-1",
                                1,
                                new RecordHeaders(),
                                new byte[0])));

        party("1", "p-2", 1);

        assertThat(written()).filteredOn(second::equals).hasSize(2);
    }

    /** Or it can have the order of a time that is over, or of what is no longer there. */
    @Test
    void shouldRepairAnOrderThatDoesNotFit() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete");
        long time = now.toEpochMilli();
        KeyValueStore<Bytes, byte[]> due = queue();
        due.delete(QueueKeys.ofTime("sub-1", time, "1/s-1"));
        due.put(QueueKeys.ofTime("sub-1", time - 1, "1/s-1"), new byte[0]);
        due.put(QueueKeys.ofTime("sub-1", time - 2, "1/s-2"), new byte[0]);
        DeliveryQueue queue = new DeliveryQueue(due);
        List<String> found = new ArrayList<>();

        for (int scan = 0; scan < 2; scan++) {
            queue.newlyDue(
                    "sub-1",
                    time,
                    slot -> true,
                    delivery -> found.add(delivery.occurrence().id()));
        }

        assertThat(found).containsExactly("call_1_s-1_7_1");
        assertThat(queue.backlogs().get("sub-1").waiting()).isEqualTo(1);
        assertThat(due.get(QueueKeys.ofTime("sub-1", time, "1/s-1"))).isNotNull();
        assertThat(due.get(QueueKeys.ofTime("sub-1", time - 1, "1/s-1"))).isNull();
        assertThat(due.get(QueueKeys.ofTime("sub-1", time - 2, "1/s-2"))).isNull();
    }

    @Test
    void shouldTellTheStartOfACallAgainIfItsRecordIsReadAgain() {
        subscribe(
                Subscriptions.of("sub-1", "https://example.com/", "*", Set.of(EventType.CALL_STARTED), CallFilter.ALL));
        LiveCallStates states = new LiveCallStates(queue());

        assertThat(states.isNew("1/s-1", false, 1, 5)).isTrue();
        assertThat(states.isNew("1/s-1", false, 1, 5)).isTrue();
        assertThat(states.isNew("1/s-1", false, 1, 6)).isFalse();
        assertThat(states.isNew("1/s-1", true, 1, 6)).isTrue();
        assertThat(states.isNew("1/s-1", false, 1, 5)).isFalse();
    }

    @Test
    void shouldTakeBackWhatWaitsForItsTurnWhenASubscriptionIsPausedOrChanged() {
        WebhookSubscription subscription = Subscriptions.to("sub-1", "https://example.com/");
        subscribe(subscription);
        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));

        subscribe(subscription.with(SubscriptionState.PAUSED, "", 1));
        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).isEmpty();
        WebhookSubscription rotated = subscription.with(List.of(new SigningSecret("env:WEBHOOK_SECRET_NEW", null)));
        subscribe(rotated);
        pass(Duration.ofMillis(20));

        assertThat(posts.given)
                .singleElement()
                .satisfies(ticket -> assertThat(ticket.subscription()).isEqualTo(rotated));
    }

    /** The test of a new subscription is on another topic than the subscription. */
    @Test
    void shouldWaitForASubscriptionThatIsReadAfterItsTest() {
        commit(EVERYTHING);
        var test = DeliveryHeaders.test("sub-1", now.toEpochMilli());
        input(TOPICS.requests())
                .pipeInput(new TestRecord<>(test.slot(), test.value(), DeliveryHeaders.of("sub-1", test), now));
        pass(Duration.ofSeconds(30));
        subscribe(Subscriptions.to("sub-1", "https://example.com/").with(SubscriptionState.UNVERIFIED, "", 0));
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly(test.id());
    }

    @Test
    void shouldGiveUpWhatIsForADeletedSubscription() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete");
        driver.createInputTopic(TOPICS.subscriptions(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput("sub-1", (byte[]) null);
        pass(Duration.ofMinutes(2));

        assertThat(text(deadLetter(), Headers.REASON)).isEqualTo("deleted");
        assertThat(posts.given).isEmpty();
    }

    /** Who may create and delete subscriptions could else fill the store. */
    @Test
    void shouldForgetThatADeletedSubscriptionFailed() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));
        end(Kind.FAILED);
        pass(Duration.ofMillis(20));
        KeyValueStore<String, byte[]> failing = driver.getKeyValueStore(DeliverTopology.FAILING);
        assertThat(failing.get("sub-1")).isNotNull();

        driver.createInputTopic(TOPICS.subscriptions(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput("sub-1", (byte[]) null);
        pass(Duration.ofMillis(20));

        assertThat(failing.get("sub-1")).isNull();
    }

    @Test
    void shouldNotPostWhatHappenedBeforeTheSubscription() {
        subscribe(subscriptionSince(now.plusSeconds(60)));
        call("s-1", 1, "complete");
        pass(Duration.ofMinutes(2));

        assertThat(posts.given).isEmpty();
    }

    @Test
    void shouldPostToSubscriptionsOfTheAccountOnly() {
        subscribe(Subscriptions.of("sub-1", "https://a.example/", "1", EventType.RECORDS, CallFilter.ALL));
        subscribe(Subscriptions.of("sub-2", "https://b.example/", "2", EventType.RECORDS, CallFilter.ALL));
        call("s-1", 1, "complete");
        pass(Duration.ofMillis(20));

        assertThat(posts.given.stream().map(each -> each.subscription().id())).containsExactly("sub-1");
    }

    @Test
    void shouldPostNoCallThatIsExcludedAndCountIt() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));

        call("s-1", 1, "complete", "\"to\": {\"extensionId\": \"901\"}");
        call("s-2", 1, "complete", "\"to\": {\"extensionId\": \"902\"}");
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-2_7_1");
        pass(Duration.ofHours(1));
        assertThat(posts.given).isEmpty();
        assertThat(meters.counter("callweave.deliver.excluded").count()).isEqualTo(1);
    }

    @Test
    void shouldTellTheStartAndTheAnswerOfACallOnceAndNothingAfterItsRecord() {
        subscribe(Subscriptions.of(
                "sub-1",
                "https://example.com/",
                "*",
                Set.of(EventType.CALL_STARTED, EventType.CALL_ANSWERED),
                CallFilter.ALL));

        live("s-1", "null");
        live("s-1", "null");
        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).containsExactly("live_1_s-1_7_started");
        live("s-1", "\"2026-11-21T08:00:01.000Z\"");
        live("s-1", "\"2026-11-21T08:00:01.000Z\"");
        pass(Duration.ofMillis(20));
        assertThat(end(Kind.DELIVERED)).containsExactly("live_1_s-1_7_answered");
        call("s-2", 1, "complete");
        live("s-2", "null");
        pass(Duration.ofMillis(20));

        assertThat(posts.given).isEmpty();
    }

    @Test
    void shouldTellTheStatusOfAParty() {
        subscribe(
                Subscriptions.of("sub-1", "https://example.com/", "*", Set.of(EventType.PARTY_STATUS), CallFilter.ALL));

        commit(EVERYTHING);
        input(TOPICS.partyEvents())
                .pipeInput(record(
                        "s-1",
                        "{\"accountId\":\"1\",\"telephonySessionId\":\"s-1\",\"partyId\":\"p-1\",\"sequence\":3}"));
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("party_1_s-1_p-1_3");
    }

    @Test
    void shouldWaitForTheRecordingAndTheSummaryOfACallAndPostItOnce() {
        subscribe(waiting(Duration.ofMinutes(15)));

        callWith("s-1", 1, "{\"kind\":\"recording\",\"id\":\"9\",\"readyAt\":null}");
        pass(Duration.ofMinutes(5));
        callWith("s-1", 2, "{\"kind\":\"recording\",\"id\":\"9\",\"readyAt\":\"2026-11-20T10:01:00.000Z\"}");
        pass(Duration.ofMinutes(1));
        assertThat(posts.given).isEmpty();
        callWith(
                "s-1",
                3,
                "{\"kind\":\"insights\",\"id\":\"9\",\"recordingId\":\"9\",\"summary\":\"Short.\"},"
                        + "{\"kind\":\"recording\",\"id\":\"9\",\"readyAt\":\"2026-11-20T10:01:00.000Z\"}");
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_3");
    }

    @Test
    void shouldPostWithoutTheRecordingWhenItHasWaitedLongEnoughAndCallsWithoutOneAtOnce() {
        subscribe(waiting(Duration.ofMinutes(15)));

        callWith("s-1", 1, "{\"kind\":\"recording\",\"id\":\"9\",\"readyAt\":null}");
        callWith("s-2", 1, "");
        pass(Duration.ofSeconds(1));
        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-2_7_1");
        pass(Duration.ofMinutes(16));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_1");
    }

    /** Nothing is kept for longer than a day. */
    @Test
    void shouldPostWhatWaitedLongerThanAnythingIsKept() {
        subscribe(waiting(Duration.ofDays(1)));

        callWith("s-1", 1, "{\"kind\":\"recording\",\"id\":\"9\",\"readyAt\":null}");
        pass(Duration.ofHours(25));

        assertThat(end(Kind.DELIVERED)).containsExactly("call_1_s-1_7_1");
    }

    @Test
    void shouldSayThatOnlyArtifactsChangedIfTheSubscriberKnowsAllElse() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        callWith("s-1", 1, "");
        pass(Duration.ofMillis(20));
        assertThat(posts.given.get(0).delivery().occurrence().artifactsOnly()).isFalse();
        end(Kind.DELIVERED);

        artifactsChanged("s-1", 2);
        callWith("s-2", 1, "");
        artifactsChanged("s-2", 2);
        pass(Duration.ofMillis(20));

        assertThat(posts.given)
                .extracting(
                        ticket -> ticket.delivery().occurrence().id(),
                        ticket -> ticket.delivery().occurrence().artifactsOnly())
                .containsExactlyInAnyOrder(tuple("call_1_s-1_7_2", true), tuple("call_1_s-2_7_2", false));
    }

    /** One without its last byte is what the form before had. */
    @Test
    void shouldRefuseAQueueThatAnotherVersionWroteWithASentence() {
        subscribe(Subscriptions.to("sub-1", "https://example.com/"));
        uncommittedCall("s-1", 1, "complete");
        Bytes key = QueueKeys.ofSlot("sub-1", "1/s-1");
        byte[] kept = queue().get(key);
        byte[] older = Arrays.copyOf(kept, kept.length - 1);
        older[0] = 1;
        queue().put(key, older);

        assertThatThrownBy(() -> pass(Duration.ofMillis(20)))
                .rootCause()
                .isInstanceOf(OtherFormatException.class)
                .hasMessageContaining("Start the version that wrote it");
    }

    /** A tenant makes its endpoints get as many webhooks as it likes: 200 parties of a call, 100 subscriptions. */
    @Test
    void shouldPostToOtherAccountsWhileOneHasVeryManyWebhooks() {
        int parties = 200;
        Set<EventType> wanted = Set.of(EventType.PARTY_STATUS);
        for (int i = 0; i < 100; i++) {
            subscribe(Subscriptions.of("many-" + i, "https://example.com/", "1", wanted, CallFilter.ALL));
        }
        subscribe(Subscriptions.of("other", "https://example.com/", "2", wanted, CallFilter.ALL));
        commit(EVERYTHING);
        for (int sequence = 1; sequence <= 2; sequence++) {
            for (int i = 0; i < parties; i++) {
                party("1", "p-" + i, sequence);
            }
        }
        party("2", "p-1", 1);
        pass(Duration.ofMillis(20));

        assertThat(posts.given.stream().map(each -> each.subscription().id())).contains("other");
        assertThat(queued("many-")).as("what the others waited for").isLessThan(1_000);

        Map<String, List<String>> got = new HashMap<>();
        for (int round = 0; round < 3_000 && (round < 500 || !posts.given.isEmpty()); round++) {
            posts.given.forEach(each -> got.computeIfAbsent(each.subscription().id(), id -> new ArrayList<>())
                    .add(each.delivery().occurrence().id()));
            end(Kind.DELIVERED);
        }
        assertThat(got.get("other")).containsExactly("party_2_s-1_p-1_1");
        assertThat(queue().approximateNumEntries()).isZero();
        for (int i = 0; i < 100; i++) {
            assertThat(got.get("many-" + i)).doesNotHaveDuplicates();
            for (int party = 0; party < parties; party++) {
                // The first of a party is left out if the second came before it was posted.
                assertThat(got.get("many-" + i)).contains("party_1_s-1_p-" + party + "_2");
            }
        }
    }

    @Test
    void shouldTellTheStartOfACallBeforeItsRecordAlsoIfBothWait() {
        subscribe(
                Subscriptions.of("sub-1", "https://example.com/", "1", Set.of(EventType.CALL_STARTED), CallFilter.ALL));
        letRecordsWait();
        call("s-0", 1, "complete");
        for (String each : List.of("s-1", "s-2", "s-3")) {
            now = now.plusMillis(1);
            live(each, "null");
        }
        now = now.plusMillis(1);
        call("s-3", 1, "complete");
        pass(Duration.ofMillis(20));

        assertThat(posts.given.stream()
                        .filter(each -> each.subscription().id().equals("sub-1"))
                        .map(each -> each.delivery().occurrence().id()))
                .containsExactlyInAnyOrder("live_1_s-1_7_started", "live_1_s-2_7_started", "live_1_s-3_7_started");
    }

    /** After a crash it would be back in its line, and its webhooks could follow newer ones. */
    @Test
    void shouldPostWhatWaitedOnlyWhenTheChangelogHasThatItLeftItsLine() {
        subscribe(Subscriptions.of("sub-1", "https://example.com/", "1", EventType.RECORDS, CallFilter.ALL));
        letRecordsWait();
        call("s-1", 1, "complete");
        changelog.sent(DeliverTopology.changelog("test"), 0);
        pass(Duration.ofSeconds(1));
        assertThat(posts.given.stream().map(each -> each.subscription().id())).doesNotContain("sub-1");

        changelog.acknowledged(DeliverTopology.changelog("test"), 0);
        pass(Duration.ofMillis(20));

        assertThat(end(Kind.DELIVERED)).contains("call_1_s-1_7_1");
    }

    @Test
    void shouldCountRecordsThatWaitForWhomTheyCanConcern() {
        subscribe(Subscriptions.of("sub-1", "https://example.com/", "1", EventType.RECORDS, CallFilter.ALL));
        subscribe(Subscriptions.of("sub-2", "https://example.com/", "2", EventType.RECORDS, CallFilter.ALL));
        subscribe(
                Subscriptions.of("sub-3", "https://example.com/", "1", Set.of(EventType.CALL_STARTED), CallFilter.ALL));
        subscribe(Subscriptions.to("all", "https://example.com/"));
        letRecordsWait();
        uncommittedCall("s-1", 1, "complete");
        uncommittedCall("s-2", 1, "complete");
        party("1", "p-2", 1);
        pass(Duration.ofSeconds(1));

        assertThat(List.of("sub-1", "sub-2", "sub-3", "all", "many-1"))
                .extracting(id -> activity.backlog(id).waiting())
                .containsExactly(2L, 0L, 0L, 2L, 2L);
        commit(EVERYTHING);
        for (int round = 0; round < 3; round++) {
            pass(Duration.ofSeconds(1));
            end(Kind.DELIVERED);
        }
        pass(Duration.ofSeconds(1));

        assertThat(List.of("sub-1", "all", "many-1"))
                .extracting(id -> activity.backlog(id).waiting())
                .containsOnly(0L);
    }

    /** A record makes so many webhooks that those of its account which follow wait for the next round. */
    private void letRecordsWait() {
        for (int i = 0; i < RecordIntake.MOST_MADE; i++) {
            subscribe(Subscriptions.of(
                    "many-" + i, "https://example.com/", "1", Set.of(EventType.PARTY_STATUS), CallFilter.ALL));
        }
        party("1", "p-1", 1);
    }

    private void party(String account, String party, int sequence) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.text(Headers.ACCOUNT, account));
        headers.add(Headers.text(Headers.EPOCH, "7"));
        String value = "{\"accountId\":\"" + account + "\",\"telephonySessionId\":\"s-1\",\"partyId\":\"" + party
                + "\",\"sequence\":" + sequence + "}";
        input(TOPICS.partyEvents())
                .pipeInput(new TestRecord<>("s-1", value.getBytes(StandardCharsets.UTF_8), headers, now));
    }

    /** How many webhooks wait for subscriptions whose ids begin so. */
    private int queued(String ids) {
        int found = 0;
        try (var all = queue().range(QueueKeys.FIRST_IN_ORDER, QueueKeys.FIRST_ARRIVAL)) {
            while (all.hasNext()) {
                if (QueueKeys.subscription(all.next().key).startsWith(ids)) {
                    found++;
                }
            }
        }
        return found;
    }

    private WebhookSubscription waiting(Duration atMost) {
        WebhookSubscription any = Subscriptions.to("sub-1", "https://example.com/");
        return new WebhookSubscription(
                any.id(),
                any.url(),
                any.account(),
                any.events(),
                any.filter(),
                any.shape(),
                any.fields(),
                new WaitFor(WaitFor.POSSIBLE, atMost.toMillis()),
                any.secrets(),
                any.state(),
                "",
                0,
                0);
    }

    /** The call ended at the start. */
    private void callWith(String callId, int revision, String artifacts) {
        input(TOPICS.calls()).pipeInput(ended(callId, revision, artifacts));
        commit(EVERYTHING);
    }

    private void artifactsChanged(String callId, int revision) {
        TestRecord<String, byte[]> changed = ended(callId, revision, "{\"kind\":\"voicemail\",\"id\":\"9\"}");
        changed.headers().add(Headers.artifactsChanged());
        input(TOPICS.calls()).pipeInput(changed);
        commit(EVERYTHING);
    }

    private TestRecord<String, byte[]> ended(String callId, int revision, String artifacts) {
        return record(
                "1/" + callId,
                "{\"accountId\":\"1\",\"callId\":\"" + callId + "\",\"epoch\":7,\"revision\":" + revision
                        + ",\"status\":\"complete\",\"endTime\":\"" + START + "\",\"artifacts\":[" + artifacts + "]}");
    }

    private WebhookSubscription subscriptionSince(Instant created) {
        WebhookSubscription any = Subscriptions.to("sub-1", "https://example.com/");
        return new WebhookSubscription(
                any.id(),
                any.url(),
                any.account(),
                any.events(),
                any.filter(),
                any.shape(),
                any.fields(),
                any.secrets(),
                any.state(),
                "",
                created.toEpochMilli(),
                0);
    }

    private void commit(long offset) {
        committed.add(List.of(TOPICS.calls(), TOPICS.liveCalls(), TOPICS.partyEvents(), TOPICS.requests()).stream()
                .collect(Collectors.toMap(name -> new TopicPartition(name, 0), name -> offset)));
    }

    private void subscribe(WebhookSubscription subscription) {
        driver.createInputTopic(TOPICS.subscriptions(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(subscription.id(), SubscriptionJson.write(subscription));
    }

    /** The key of the only value that has one. */
    private Bytes shared() {
        byte kind = QueueKeys.shared(QueueKeys.ofSharers("", "")).get()[0];
        List<Bytes> found = new ArrayList<>();
        try (var all = queue().all()) {
            all.forEachRemaining(each -> found.add(each.key));
        }
        return found.stream()
                .filter(key -> key.get()[0] == kind)
                .reduce((one, other) -> {
                    throw new AssertionError("two values");
                })
                .orElseThrow();
    }

    private void assertEmptyQueue() {
        try (var all = queue().all()) {
            assertThat(all.hasNext()).isFalse();
        }
    }

    private void call(String callId, int revision, String status) {
        commit(EVERYTHING);
        uncommittedCall(callId, revision, status);
    }

    private void uncommittedCall(String callId, int revision, String status) {
        uncommittedCall(callId, revision, status, now);
    }

    /** @param further member, such as {@code "to": {}} */
    private void call(String callId, int revision, String status, String further) {
        commit(EVERYTHING);
        input(TOPICS.calls())
                .pipeInput(record(
                        "1/" + callId,
                        "{\"callId\":\"" + callId + "\",\"accountId\":\"1\",\"revision\":" + revision
                                + ",\"epoch\":7,\"status\":\"" + status + "\"," + further + "}",
                        now));
    }

    private void uncommittedCall(String callId, int revision, String status, Instant time) {
        input(TOPICS.calls())
                .pipeInput(record(
                        "1/" + callId,
                        "{\"callId\":\"" + callId + "\",\"accountId\":\"1\",\"revision\":" + revision
                                + ",\"epoch\":7,\"status\":\"" + status + "\"}",
                        time));
    }

    private void live(String callId, String answerTime) {
        commit(EVERYTHING);
        input(TOPICS.liveCalls())
                .pipeInput(record(
                        "1/" + callId,
                        "{\"callId\":\"" + callId + "\",\"accountId\":\"1\",\"answerTime\":" + answerTime + "}"));
    }

    private TestRecord<String, byte[]> record(String key, String value) {
        return record(key, value, now);
    }

    private static TestRecord<String, byte[]> record(String key, String value, Instant time) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.text(Headers.ACCOUNT, "1"));
        headers.add(Headers.text(Headers.EPOCH, "7"));
        return new TestRecord<>(key, value.getBytes(StandardCharsets.UTF_8), headers, time);
    }

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private KeyValueStore<Bytes, byte[]> queue() {
        return driver.getKeyValueStore(DeliverTopology.DELIVERIES);
    }

    /** The keys that were written to the changelog of the queue since the last time. */
    private List<Bytes> written() {
        return driver
                .createOutputTopic(
                        DeliverTopology.changelog("test"), new BytesDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList()
                .stream()
                .map(written -> written.key)
                .toList();
    }

    /** The next one, which is on the broker now. */
    private TestRecord<String, byte[]> deadLetter() {
        TestRecord<String, byte[]> next = deadLetters().readRecord();
        Map<String, String> headers = new HashMap<>();
        next.headers().forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        StrictSchemas.assertHeaders("deliver-dead-letters", headers);
        StrictSchemas.assertHeaders("deliver-requests", headers); // as "deliver retry" sends it
        deadLetters.kept(next.headers());
        return next;
    }

    private TestOutputTopic<String, byte[]> deadLetters() {
        return driver.createOutputTopic(TOPICS.deadLetters(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private TestOutputTopic<String, byte[]> subscriptionChanges() {
        return driver.createOutputTopic(TOPICS.subscriptions(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    private static String text(TestRecord<String, byte[]> record, String header) {
        return Headers.text(record.headers(), header);
    }

    /** Ends the posts that are given so, and lets the queue hear it. */
    private List<String> end(Kind kind) {
        List<String> ids = posts.end(kind);
        pass(Duration.ofMillis(20));
        return ids;
    }

    /** Time passes, in steps in which the queue works. */
    private void pass(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        driver.advanceWallClockTime(Duration.ofMillis(20));
        now = now.plusMillis(20);
    }
}
