package io.callweave.topology.session;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.notification.NotificationReader;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.TestStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known of sessions and calls is the same after a restart, when all is read from the store again. */
class SessionStoreTest {

    private static final PhoneCall TRANSFER = call().inbound("+15550100002")
            .answeredBy("104")
            .attendedTransferTo("106")
            .hangUp();
    private static final SessionKey FIRST = key(TRANSFER.telephonySessionIds().get(0));
    private static final SessionKey SECOND = key(TRANSFER.telephonySessionIds().get(1));

    private TestStores stores;
    private SessionStore sessions;
    private long offset;
    private long memory = SessionMemory.MOST_OF_A_PARTITION;

    @BeforeEach
    void open(@TempDir Path directory) {
        stores = new TestStores(directory);
        sessions = sessions();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldHoldTheSameLiveSessionsAfterARestart() {
        add(TRANSFER.notifications(), 1_000);
        StoredSession before = sessions.get(FIRST);
        sessions.putState(FIRST, before.state().liveIn("s-live").scheduledDue(77));

        restart();

        assertSame(sessions.get(FIRST), before);
    }

    /** In slots and in values, with memory and without. Late events come behind a settled session, or before known events. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldHoldTheSameSessionInWhateverOrderItsEventsCome(int seed) {
        Random random = new Random(seed);
        memory = seed % 2 == 0 ? memory : 0;
        List<Notification> all = new ArrayList<>(TRANSFER.notifications());
        Collections.shuffle(all, random);
        for (Notification notification : all) {
            add(List.of(notification), 1_000);
            if (random.nextInt(4) == 0) {
                sessions.settle(sessions.get(key(notification.telephonySessionId())), "s-a");
            }
            if (random.nextInt(2) == 0) {
                sessions.flush();
            }
            if (random.nextInt(3) == 0) {
                restart();
            }
        }
        StoredSession first = sessions.get(FIRST);
        StoredSession second = sessions.get(SECOND);

        restart();

        assertThat(first.session().events()).isEqualTo(sortedEventsOf(FIRST));
        assertThat(second.session().events()).isEqualTo(sortedEventsOf(SECOND));
        assertThat(sessions.get(FIRST).session()).isEqualTo(first.session());
        assertThat(sessions.get(SECOND).session()).isEqualTo(second.session());
    }

    @Test
    void shouldHoldTheSameSettledSessionsAfterARestart() {
        add(TRANSFER.notifications(), 1_000);
        sessions.flush();
        StoredSession before = sessions.get(FIRST);
        sessions.settle(before, "s-counted");
        sessions.putState(
                FIRST,
                before.state()
                        .emission(
                                new LastEmission(300, "s-b", 7, new byte[16], false, "{\"näme\":1}".getBytes(UTF_8))));

        restart();

        assertSame(sessions.get(FIRST), before);
        assertThat(TestStores.count(store(), StoreKeys.Kind.SLOT))
                .as("the slots of both sessions: that of the settled one is free, not deleted")
                .isEqualTo(2);
    }

    @Test
    void shouldUseTheSlotsOfSettledSessionsAgain() {
        add(TRANSFER.notifications(), 1_000);
        sessions.flush();
        sessions.settle(sessions.get(FIRST), "s-a");
        sessions.settle(sessions.get(SECOND), "s-a");
        restart();

        add(otherCall(2).notifications(), 2_000);
        sessions.flush();

        assertThat(TestStores.count(store(), StoreKeys.Kind.SLOT)).isEqualTo(2);
    }

    @Test
    void shouldNotTakeWhatIsLeftInSlotsForEventsOfASessionThatCameAgain() {
        List<Notification> all = TRANSFER.notifications().stream()
                .filter(notification -> notification.telephonySessionId().equals(FIRST.telephonySessionId()))
                .toList();
        add(all, 1_000);
        sessions.flush();
        sessions.close(FIRST, 5_000);
        sessions.forget(FIRST);
        restart();

        add(all.subList(0, 1), 2_000);
        restart();

        assertThat(sessions.get(FIRST).session().events()).hasSize(1);
    }

    @Test
    void shouldNotWriteALargeSettledSessionAgainForALateEvent() {
        Notification last =
                TRANSFER.notifications().get(TRANSFER.notifications().size() - 1);
        SessionKey key = key(last.telephonySessionId());
        for (int i = 0; i < 200; i++) {
            add(List.of(numbered(last, 1_000 + i)), 1_000);
        }
        sessions.settle(sessions.get(key), "s-a");
        restart();

        add(List.of(numbered(last, 2_000)), 3_000);
        restart();

        assertThat(store().get(StoreKeys.session(StoreKeys.Kind.STATE, key)))
                .as("the events are not in it")
                .hasSizeLessThan(100);
        assertThat(sessions.get(key).session().events()).hasSize(201);
        assertThat(sessions.state(key).lastChange()).isEqualTo(3_000);
    }

    /** Few events that wait for one before them can be as large as a changelog takes, and larger. */
    @Test
    void shouldNotHoldEventsWithLongBodiesInTheValueOfASettledSession() {
        Notification last =
                TRANSFER.notifications().get(TRANSFER.notifications().size() - 1);
        SessionKey key = key(last.telephonySessionId());
        add(List.of(last), 1_000);
        sessions.settle(sessions.get(key), "s-a");
        restart();

        for (int i = 1; i <= 6; i++) {
            add(List.of(numbered(recorded(last, i), last.sequence() + i)), 2_000);
        }
        StoredSession before = sessions.get(key);
        restart();

        assertThat(store().get(StoreKeys.session(StoreKeys.Kind.STATE, key))).hasSizeLessThan(100_000);
        assertSame(sessions.get(key), before);
        assertThat(sessions.get(key).session().events()).hasSize(7);
    }

    /** With the most and the longest recordings that are read. */
    private static Notification recorded(Notification notification, int number) {
        return TopologyKit.edited(notification, tree -> {
            ArrayNode recordings = TopologyKit.party(tree).putArray("recordings");
            for (int i = 100; i < 200; i++) {
                recordings.addObject().put("id", "x".repeat(400) + number + i);
            }
        });
    }

    @Test
    void shouldKnowDuplicatesAfterARestart() {
        add(TRANSFER.notifications(), 1_000);
        sessions.settle(sessions.get(SECOND), "s-a");

        restart();

        assertThat(events(TRANSFER.notifications()))
                .noneMatch(event -> sessions.get(event.session()).session().isChangedBy(event));
        assertThat(sessions.state(FIRST).lastChange()).isEqualTo(1_000);
    }

    @Test
    void shouldKnowAfterARestartWhoNamedASessionThatNobodyHasSeen() {
        add(
                TRANSFER.notifications().stream()
                        .filter(notification ->
                                notification.telephonySessionId().equals(FIRST.telephonySessionId()))
                        .toList(),
                1_000);

        restart();

        assertThat(sessions.state(SECOND).ties()).containsOnlyKeys(FIRST.telephonySessionId());
        assertThat(sessions.state(new SessionKey(SimulatedAccount.SECOND.id(), SECOND.telephonySessionId()))
                        .ties())
                .isEmpty();
        assertThat(sessions.get(SECOND).session().isEmpty()).isTrue();
    }

    @Test
    void shouldForgetWhoNamedASessionWhenThatOneIsClosed() {
        add(
                TRANSFER.notifications().stream()
                        .filter(notification ->
                                notification.telephonySessionId().equals(FIRST.telephonySessionId()))
                        .toList(),
                1_000);
        sessions.flush();

        sessions.close(FIRST, 5_000);
        sessions.flush();

        assertThat(TestStores.count(store(), StoreKeys.Kind.STATE))
                .as("the marker")
                .isEqualTo(1);
    }

    @Test
    void shouldKeepTheGreaterBodyOverARestart() {
        Notification setup = TRANSFER.notifications().get(0);
        Notification one = named(setup, "Anna");
        Notification other = named(setup, "Berta");
        boolean oneIsGreater = event(one).supersedes(event(other));
        PartyEvent smaller = event(oneIsGreater ? other : one);
        Notification greater = oneIsGreater ? one : other;
        add(List.of(greater), 1_000);
        assertThat(sessions.get(FIRST).session().isChangedBy(smaller)).isFalse();

        restart();

        assertThat(sessions.get(FIRST).session().isChangedBy(smaller)).isFalse();
        assertThat(sessions.get(FIRST).session().events())
                .extracting(PartyEvent::body)
                .containsExactly(event(greater).body());
    }

    @Test
    void shouldNotTakeASessionForAnotherWhoseIdBeginsAlike() {
        add(TRANSFER.notifications().subList(0, 1), 1_000);
        String id = FIRST.telephonySessionId();

        assertThat(sessions.get(key(id.substring(0, id.length() - 1))).session().isEmpty())
                .isTrue();
        assertThat(sessions.get(key(id + "0")).session().isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseASessionThatANewerVersionStored() {
        store().put(StoreKeys.session(StoreKeys.Kind.STATE, FIRST), new byte[] {99});

        assertThatIllegalStateException()
                .isThrownBy(() -> sessions.get(FIRST))
                .withMessageStartingWith("A session has the state format 99");
    }

    private void add(List<Notification> notifications, long receivedAt) {
        for (Notification notification : notifications) {
            PartyEvent event = event(notification);
            StoredSession session = sessions.get(event.session());
            session.sequence().arrive(event, receivedAt);
            sessions.add(session, event, receivedAt, offset++, false);
        }
    }

    private void restart() {
        sessions.flush();
        stores.reopen(StoreNames.CALLS);
        sessions = sessions();
    }

    private SessionStore sessions() {
        return new SessionStore(store(), () -> memory);
    }

    private KeyValueStore<Bytes, byte[]> store() {
        return stores.get(StoreNames.CALLS);
    }

    private static void assertSame(StoredSession now, StoredSession before) {
        assertThat(now).isNotSameAs(before);
        assertThat(now.session()).isEqualTo(before.session());
        // The store that made it has kept its own view of it.
        assertThat(now.state()).isEqualTo(before.state());
        assertThat(now.size).isEqualTo(before.size);
        // Texts and hashes are made when they are first asked for.
        assertThat(now.sequence())
                .usingRecursiveComparison()
                .withEqualsForType(EventBody::equals, EventBody.class)
                .isEqualTo(before.sequence());
        assertThat(now.open()).usingRecursiveComparison().isEqualTo(before.open());
    }

    private static PhoneCall otherCall(int seed) {
        return call().seeded(seed).inbound("+15550100003").answeredBy("105").hangUp();
    }

    private static Notification numbered(Notification notification, long sequence) {
        return TopologyKit.edited(notification, tree -> TopologyKit.body(tree).put("sequence", sequence));
    }

    private static Notification named(Notification notification, String name) {
        return TopologyKit.edited(
                notification, tree -> TopologyKit.party(tree).putObject("from").put("name", name));
    }

    private static List<PartyEvent> sortedEventsOf(SessionKey key) {
        return events(TRANSFER.notifications()).stream()
                .filter(event -> event.session().equals(key))
                .sorted(Comparator.comparing(PartyEvent::place))
                .toList();
    }

    private static List<PartyEvent> events(List<Notification> notifications) {
        return notifications.stream().map(SessionStoreTest::event).toList();
    }

    private static PartyEvent event(Notification notification) {
        return new NotificationReader().read(notification.bytes()).events().get(0);
    }

    private static SessionKey key(String telephonySessionId) {
        return new SessionKey(TRANSFER.account().id(), telephonySessionId);
    }
}
