package io.callweave.deliver.manage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.access.AccountScope;
import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.deliver.manage.SubscriptionException.Kind;
import io.callweave.deliver.queue.DeliveryHeaders;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionManagerTest {

    private static final String REFERENCE = "env:WEBHOOK_SECRET_CRM";

    private final MemoryStore store = new MemoryStore();
    private Duration paused = Duration.ZERO;
    private final SubscriptionManager operator = manager(AccountScope.OPERATOR);
    private final SubscriptionManager ofAccount1 = manager(new AccountScope(Set.of("1")));

    @Test
    void shouldCreateAnUntestedSubscriptionAndAskForItsTest() {
        WebhookSubscription created = operator.create(draft("1", REFERENCE)).subscription();

        assertThat(store.all()).containsOnlyKeys(created.id());
        assertThat(store.tests()).containsExactly(created.id());
        assertThat(created.state()).isEqualTo(SubscriptionState.UNVERIFIED);
        assertThat(created.events()).isEqualTo(EventType.RECORDS);
    }

    @Test
    void shouldShowNothingOfOtherAccounts() {
        String other = operator.create(draft("2", REFERENCE)).subscription().id();
        String everyone = operator.create(draft("*", REFERENCE)).subscription().id();
        String own = operator.create(draft("1", REFERENCE)).subscription().id();

        assertThat(ofAccount1.list()).extracting(WebhookSubscription::id).containsExactly(own);
        for (String id : List.of(other, everyone)) {
            assertFails(Kind.NOT_FOUND, () -> ofAccount1.find(id));
            assertFails(Kind.NOT_FOUND, () -> ofAccount1.delete(id));
            assertFails(Kind.NOT_FOUND, () -> ofAccount1.rotate(id, null, Duration.ZERO));
            assertFails(Kind.NOT_FOUND, () -> ofAccount1.pause(id));
        }
        assertThat(store.all()).hasSize(3);
    }

    @Test
    void shouldCreateNothingInOtherAccountsNorWithTheSecretsOfOthers() {
        assertFails(Kind.FORBIDDEN, () -> ofAccount1.create(draft("2", null)));
        assertFails(Kind.FORBIDDEN, () -> ofAccount1.create(draft("*", null)));
        assertFails(Kind.FORBIDDEN, () -> ofAccount1.create(draft("1", REFERENCE)));
        assertFails(Kind.FORBIDDEN, () -> ofAccount1.create(untested("1")));

        assertThat(store.all()).isEmpty();
    }

    @Test
    void shouldLimitTheSubscriptionsOfAnAccountThatManagesItself() {
        for (int i = 0; i < SubscriptionManager.MOST_OF_AN_ACCOUNT; i++) {
            var unused = operator.create(draft("1", REFERENCE));
        }

        assertFails(Kind.INVALID, () -> operator.create(draft("1", null))); // there is no key
        assertFails(Kind.CONFLICT, () -> ofAccount1.create(draft("1", null)));
    }

    @Test
    void shouldLimitTheTextsOfAnAccountThatManagesItself() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < SubscriptionManager.MOST_TEXTS_OF_AN_ACCOUNT; i++) {
            numbers.add("+1" + i);
        }
        var unused = operator.create(ofNumbers(numbers, REFERENCE));

        assertFails(Kind.INVALID, () -> ofAccount1.create(ofNumbers(List.of(), null))); // there is no key
        assertFails(Kind.CONFLICT, () -> ofAccount1.create(ofNumbers(List.of("+1"), null)));
        assertFails(Kind.CONFLICT, () -> ofAccount1.create(ofFields(List.of("to"))));
    }

    @Test
    void shouldLimitTheCharactersOfAnAccountThatManagesItself() {
        List<String> ids = ids("1", 10_400);
        var unused = operator.create(ofQueues("1", ids, REFERENCE));

        assertFails(Kind.INVALID, () -> ofAccount1.create(ofQueues("1", ids.subList(0, 50), null))); // there is no key
        assertThatThrownBy(() -> ofAccount1.create(ofQueues("1", ids.subList(0, 100), null)))
                .hasMessage(
                        "The addresses, filters and fields of all subscriptions of an account can have at most 1048576"
                                + " characters.");
    }

    /** A token can have many accounts, and there can be many tokens. */
    @Test
    void shouldLeaveRoomForOthersHoweverManyAccountsATokenHas() {
        SubscriptionManager reseller = manager(new AccountScope(Set.of("2", "3", "4")), 1_000_000);
        SubscriptionManager other = manager(new AccountScope(Set.of("5")), 1_000_000);
        for (String account : List.of("2", "3", "4")) {
            var unused = operator.create(ofQueues(account, ids(account, 400), REFERENCE));
        }

        assertThatThrownBy(() -> reseller.create(ofQueues("2", ids("2", 100), null)))
                .isInstanceOfSatisfying(
                        SubscriptionException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessage("Your subscriptions can have half of the memory that those of others leave; use fewer texts"
                        + " in filters, or delete some.");
        assertFails(Kind.INVALID, () -> other.create(ofQueues("5", ids("5", 100), null))); // there is no key
        assertThat(reseller.pause(activated(reseller)).state()).isEqualTo(SubscriptionState.PAUSED);
    }

    @Test
    void shouldChangeTheStateOnlyWhereThatHasASense() {
        String id = operator.create(draft("1", REFERENCE)).subscription().id();

        assertFails(Kind.CONFLICT, () -> operator.resume(id));
        // A pause and its end would replace the test.
        assertFails(Kind.CONFLICT, () -> operator.pause(id));
        store.put(operator.find(id).with(SubscriptionState.ACTIVE, "", 0));
        assertThat(operator.pause(id).state()).isEqualTo(SubscriptionState.PAUSED);
        assertFails(Kind.CONFLICT, () -> operator.test(id));
        assertThat(operator.resume(id).state()).isEqualTo(SubscriptionState.ACTIVE);
    }

    @Test
    void shouldSayWhatCannotBeUsed() {
        assertThatThrownBy(() -> operator.create(new SubscriptionDraft(
                        "https://user:secret@example.com",
                        "1",
                        List.of(),
                        CallFilter.ALL,
                        "record",
                        List.of(),
                        REFERENCE,
                        true)))
                .isInstanceOf(SubscriptionException.class)
                .hasMessageContaining("no user")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> operator.create(new SubscriptionDraft(
                        "https://example.com",
                        "1",
                        List.of("call.lost"),
                        CallFilter.ALL,
                        "record",
                        List.of(),
                        REFERENCE,
                        true)))
                .hasMessageContaining("call.superseded");
        assertThatThrownBy(() -> operator.create(chosen("inbound", "callId")))
                .hasMessage("A direction must be Inbound or Outbound.");
        assertThatThrownBy(() -> operator.create(chosen("Inbound", "callid")))
                .hasMessageStartingWith("No record has a field callid;");
        assertThatThrownBy(() -> operator.create(ofResult("missed")))
                .hasMessageStartingWith("A result must be one of Accepted, Call connected,");
        assertThat(operator.create(ofResult("Missed")).subscription().filter().results())
                .containsExactly("Missed");
        assertThatThrownBy(() -> operator.create(waitingFor("recording", "call.completed")))
                .hasMessage("A subscription that waits needs the event call.updated.");
        for (String url : List.of("https://example.com:0/", "https://example.com:65536/")) {
            assertThatThrownBy(() -> operator.create(new SubscriptionDraft(
                            url, "1", List.of(), CallFilter.ALL, "record", List.of(), REFERENCE, true)))
                    .hasMessage("The port of an endpoint must be from 1 to 65535.");
        }
    }

    @Test
    void shouldRefuseANumberThatIsLongerThanAnyThatIsComparedWithCalls() {
        assertThatThrownBy(() -> operator.create(ofNumbers(List.of("+1".repeat(17)), REFERENCE)))
                .hasMessage("A number to filter by can have at most 32 characters.");
    }

    @Test
    void shouldRefuseAnIdThatIsLongerThanAnyOfRingCentral() {
        assertThatThrownBy(() -> operator.create(ofQueues("1", List.of("1".repeat(101)), REFERENCE)))
                .hasMessage("An id to filter by can have at most 100 characters.");
    }

    @Test
    void shouldKeepFewOldSecrets() {
        String id = operator.create(draft("1", REFERENCE)).subscription().id();

        for (int i = 0; i < 100; i++) {
            var unused = operator.rotate(id, REFERENCE + i, Duration.ofDays(1));
        }

        assertThat(operator.find(id).secrets()).hasSize(1 + SubscriptionManager.MOST_OLD_SECRETS);
        assertThat(operator.find(id).secrets().get(0).stored()).isEqualTo(REFERENCE + 99);
    }

    @Test
    void shouldDeliverAgainWhatIsChosenAndOnlyInItsScope() {
        String own = operator.create(draft("1", REFERENCE)).subscription().id();
        String other = operator.create(draft("2", REFERENCE)).subscription().id();
        store.lost().add(lost(own, "1", "s-1", 1_000));
        store.lost().add(lost(own, "1", "s-10", 2_000));
        store.lost().add(lost(other, "2", "s-1", 1_000));
        store.lost().add(lost("sub-deleted", "1", "s-1", 1_000));
        List<String> ids = new ArrayList<>();

        long some = ofAccount1.retry(new RetryChoice(null, "s-1", 0, Long.MAX_VALUE), false, () -> {}, ids::add);

        assertThat(some).isEqualTo(1);
        assertThat(ids).containsExactly("id-s-1");
        assertThat(store.resent()).extracting(Undelivered::slot).containsExactly("1/s-1");
        assertThat(operator.retry(new RetryChoice(null, null, 0, 2_000), true, () -> {}, id -> {}))
                .isEqualTo(2);
        assertThat(operator.retry(new RetryChoice(null, null, 2_000, Long.MAX_VALUE), true, () -> {}, id -> {}))
                .isEqualTo(1);
        assertThat(store.resent()).hasSize(1);
    }

    /** One after the other, two hundred thousand took twenty minutes; all at once, they would be in memory. */
    @Test
    void shouldAskForManyAtATimeAndAnswerWhenAllAreSafe() {
        String own = operator.create(draft("1", REFERENCE)).subscription().id();
        for (int i = 0; i < 3_000; i++) {
            store.lost().add(lost(own, "1", "s-" + i, 1_000));
        }

        ofAccount1.retry(new RetryChoice(own, null, 0, Long.MAX_VALUE), false, () -> {}, id -> {});

        assertThat(store.resent()).hasSize(3_000);
        assertThat(store.mostUnsafe()).isBetween(100, 1_100);
        assertThat(store.unsafe()).isZero();
    }

    /** Who gets the answer may ask again at once, and would get twice what is still on its way. */
    @Test
    void shouldSayThatSomeAreNotTakenWhenAllOthersAreSafe() {
        String own = operator.create(draft("1", REFERENCE)).subscription().id();
        List<String> all = List.of("s-1", "s-2", "s-3", "s-4");
        all.forEach(call -> store.lost().add(lost(own, "1", call, 1_000)));
        store.refused().addAll(Set.of("1/s-2", "1/s-3"));
        List<String> ids = new ArrayList<>();

        assertFails(
                Kind.UNAVAILABLE,
                () -> ofAccount1.retry(new RetryChoice(own, null, 0, Long.MAX_VALUE), false, () -> {}, ids::add));

        assertThat(store.resent()).hasSize(4);
        assertThat(store.unsafe()).isZero();
        assertThat(ids).containsExactly("id-s-1", "id-s-4");
    }

    /** Or else it could ask for all again and again, and the calls of others would be read late. */
    @Test
    void shouldAskForNoMoreInASecondThanDeliverersReadBesideTheCallsOfOthers() {
        String own = operator.create(draft("1", REFERENCE)).subscription().id();
        RetryChoice all = new RetryChoice(own, null, 0, Long.MAX_VALUE);
        for (int i = 0; i < 40_000; i++) {
            store.lost().add(lost(own, "1", "s-" + i, 1_000));
        }

        ofAccount1.retry(all, true, () -> {}, id -> {});
        assertThat(paused).isZero();
        ofAccount1.retry(all, false, () -> {}, id -> {});
        assertThat(paused).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
        operator.retry(all, false, () -> {}, id -> {});
        assertThat(paused).isLessThan(Duration.ofSeconds(11));
    }

    /** What others did not get can be much. */
    @Test
    void shouldAskForWhatWasGivenUpInNoOtherAccounts() {
        String ofOne = operator.create(draft("1", REFERENCE)).subscription().id();
        operator.create(draft("2", REFERENCE));

        ofAccount1.retry(new RetryChoice(null, null, 0, Long.MAX_VALUE), true, () -> {}, id -> {});
        operator.retry(new RetryChoice(ofOne, null, 0, Long.MAX_VALUE), true, () -> {}, id -> {});

        assertThat(store.asked()).containsExactly("1");
    }

    @Test
    void shouldNotDeliverATestAgain() {
        String id = operator.create(draft("1", REFERENCE)).subscription().id();
        Occurrence test = DeliveryHeaders.test(id, 0);
        store.lost().add(new Undelivered(test.slot(), test.value(), DeliveryHeaders.of(id, test), 1_000));

        assertThat(operator.retry(new RetryChoice(id, null, 0, Long.MAX_VALUE), false, () -> {}, each -> {}))
                .isZero();
    }

    private static void assertFails(Kind kind, Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        SubscriptionException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void shouldDeliverCertainRecordsAgainToThoseWhoWantThem() {
        WebhookSubscription created = operator.create(draft("1", REFERENCE)).subscription();
        String everything = created.id();
        store.put(created.with(SubscriptionState.ACTIVE, "", 0));
        store.put(operator.create(draft("2", REFERENCE)).subscription().with(SubscriptionState.ACTIVE, "", 0));
        SubscriptionManager.Records records = taker -> {
            taker.take("1/s-1", record("s-1", 1), 1_000, new RecordHeaders());
            taker.take("1/s-2", record("s-2", 2), 2_000, new RecordHeaders());
        };

        long count = operator.retry(records, null, false, id -> {});

        assertThat(count).isEqualTo(2);
        assertThat(store.resent())
                .extracting(Undelivered::slot, Undelivered::subscription)
                .containsExactly(tuple("1/s-1", everything), tuple("1/s-2", everything));
    }

    private static byte[] record(String callId, int revision) {
        return ("{\"accountId\":\"1\",\"callId\":\"" + callId + "\",\"status\":\"complete\",\"epoch\":1,\"revision\":"
                        + revision + "}")
                .getBytes(UTF_8);
    }

    private static Undelivered lost(String subscription, String account, String call, long time) {
        Occurrence occurrence = new Occurrence(
                EventType.CALL_COMPLETED,
                account,
                account + "/" + call,
                new Version(1, 1, 0),
                "id-" + call,
                0,
                new byte[0]);
        return new Undelivered(
                occurrence.slot(), occurrence.value(), DeliveryHeaders.of(subscription, occurrence), time);
    }

    private static SubscriptionDraft draft(String account, @Nullable String secret) {
        return new SubscriptionDraft(
                "https://example.com/calls", account, List.of(), CallFilter.ALL, "record", List.of(), secret, true);
    }

    private static SubscriptionDraft chosen(String direction, String field) {
        CallFilter filter = new CallFilter(Set.of(direction), Set.of(), Set.of(), Set.of(), Set.of(), 0);
        return new SubscriptionDraft(
                "https://example.com", "1", List.of(), filter, "record", List.of(field), REFERENCE, true);
    }

    private static SubscriptionDraft ofNumbers(List<String> numbers, @Nullable String secret) {
        CallFilter filter = new CallFilter(Set.of(), Set.of(), Set.of(), Set.of(), Set.copyOf(numbers), 0);
        return new SubscriptionDraft("https://example.com", "1", List.of(), filter, "record", List.of(), secret, true);
    }

    private static SubscriptionDraft ofQueues(String account, List<String> ids, @Nullable String secret) {
        CallFilter filter = new CallFilter(Set.of(), Set.of(), Set.copyOf(ids), Set.of(), Set.of(), 0);
        return new SubscriptionDraft(
                "https://example.com", account, List.of(), filter, "record", List.of(), secret, true);
    }

    private static List<String> ids(String account, int count) {
        return IntStream.range(0, count).mapToObj(i -> id(account, i)).toList();
    }

    private static String id(String account, int number) {
        return account + "0".repeat(92) + (1_000_000 + number);
    }

    private String activated(SubscriptionManager manager) {
        WebhookSubscription first = manager.list().iterator().next();
        store.put(first.with(SubscriptionState.ACTIVE, "", 0));
        return first.id();
    }

    private static SubscriptionDraft ofFields(List<String> fields) {
        return new SubscriptionDraft(
                "https://example.com", "1", List.of(), CallFilter.ALL, "record", fields, null, true);
    }

    private static SubscriptionDraft ofResult(String result) {
        CallFilter filter = new CallFilter(Set.of(), Set.of(result), Set.of(), Set.of(), Set.of(), 0);
        return new SubscriptionDraft(
                "https://example.com", "1", List.of(), filter, "record", List.of(), REFERENCE, true);
    }

    private static SubscriptionDraft waitingFor(String artifact, String event) {
        return new SubscriptionDraft(
                "https://example.com",
                "1",
                List.of(event),
                CallFilter.ALL,
                "record",
                List.of(),
                List.of(artifact),
                Duration.ofMinutes(15),
                REFERENCE,
                true);
    }

    private static SubscriptionDraft untested(String account) {
        return new SubscriptionDraft(
                "https://example.com/calls", account, List.of(), CallFilter.ALL, "record", List.of(), null, false);
    }

    private SubscriptionManager manager(AccountScope scope, long room) {
        return new SubscriptionManager(
                store,
                SecretKeys.none(),
                InstantSource.fixed(Instant.EPOCH),
                scope,
                room,
                millis -> paused = paused.plusMillis(millis));
    }

    private SubscriptionManager manager(AccountScope scope) {
        return manager(scope, Runtime.getRuntime().maxMemory());
    }
}
