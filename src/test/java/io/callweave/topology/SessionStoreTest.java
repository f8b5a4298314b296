package io.callweave.topology;

import static io.callweave.simulation.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import io.callweave.notification.NotificationReader;
import io.callweave.simulation.Account;
import io.callweave.simulation.Notification;
import io.callweave.simulation.PhoneCall;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of sessions and calls is the same after a restart, when all is read from the stores again. */
class SessionStoreTest {

    private static final PhoneCall TRANSFER = call().inbound("+15550100002")
            .answeredBy("104")
            .attendedTransferTo("106")
            .hangUp();
    private static final SessionKey FIRST = key(TRANSFER.telephonySessionIds().get(0));
    private static final SessionKey SECOND = key(TRANSFER.telephonySessionIds().get(1));

    private TestStores stores;
    private SessionStore sessions;

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
    void shouldHoldTheSameSessionsAfterARestart() {
        long receivedAt = 1_000;
        for (PartyEvent event : events(TRANSFER.notifications())) {
            sessions.add(event, receivedAt++, false);
        }
        sessions.putState(
                FIRST, SessionState.NEW.countedIn(FIRST.telephonySessionId()).armedDue(77));
        sessions.flush();
        SessionStore.Held first = sessions.get(FIRST);
        SessionStore.Held second = sessions.get(SECOND);

        restart();

        assertThat(sessions.get(FIRST)).usingRecursiveComparison().isEqualTo(first);
        assertThat(sessions.get(SECOND)).usingRecursiveComparison().isEqualTo(second);
        assertThat(Math.max(first.lastChange(), second.lastChange())).isEqualTo(receivedAt - 1);
    }

    @Test
    void shouldKnowDuplicatesAfterARestart() {
        List<PartyEvent> events = events(TRANSFER.notifications());
        events.forEach(event -> sessions.add(event, 1_000, false));

        restart();

        assertThat(events)
                .noneMatch(event -> sessions.get(event.session()).session().isChangedBy(event));
        assertThat(sessions.get(FIRST).lastChange()).isEqualTo(1_000);
    }

    @Test
    void shouldKnowAfterARestartWhoNamedASessionThatNobodyHasSeen() {
        events(TRANSFER.notifications()).stream()
                .filter(event -> event.session().equals(FIRST))
                .forEach(event -> sessions.add(event, 1_000, false));

        restart();

        assertThat(sessions.ofAccount(Account.FIRST.id()).namedBy(SECOND.telephonySessionId()))
                .containsExactly(FIRST.telephonySessionId());
        assertThat(sessions.ofAccount(Account.SECOND.id()).namedBy(SECOND.telephonySessionId()))
                .isEmpty();
        assertThat(sessions.get(SECOND).session().isEmpty()).isTrue();
    }

    @Test
    void shouldKeepTheGreaterBodyOverARestart() {
        Notification setup = TRANSFER.notifications().get(0);
        PartyEvent smaller = event(named(setup, "Anna"));
        PartyEvent greater = event(named(setup, "Berta"));
        sessions.add(greater, 1_000, false);
        assertThat(sessions.get(FIRST).session().isChangedBy(smaller)).isFalse();

        restart();

        assertThat(sessions.get(FIRST).session().isChangedBy(smaller)).isFalse();
        assertThat(sessions.get(FIRST).session().events())
                .extracting(PartyEvent::body)
                .containsExactly(greater.body());
    }

    @Test
    void shouldNotTakeASessionForAnotherWhoseIdBeginsAlike() {
        Notification setup = TRANSFER.notifications().get(0);
        String id = FIRST.telephonySessionId();
        sessions.add(event(setup), 1_000, false);

        assertThat(sessions.get(key(id.substring(0, id.length() - 1))).session().isEmpty())
                .isTrue();
        assertThat(sessions.get(key(id + "0")).session().isEmpty()).isTrue();
    }

    @Test
    void shouldRefuseAnEventThatANewerVersionStored() {
        PartyEvent event = event(TRANSFER.notifications().get(0));
        stores.get(StoreNames.SESSIONS).put(StoreKeys.session(StoreKeys.Kind.STATE, FIRST), SessionState.NEW.write());
        stores.get(StoreNames.SESSIONS)
                .put(
                        StoreKeys.event(StoreKeys.Kind.EVENT, event.session(), event.sequence(), event.partyId()),
                        new byte[] {2});

        assertThatIllegalStateException()
                .isThrownBy(() -> sessions.get(FIRST))
                .withMessageStartingWith("A stored party event has format version 2");
    }

    @Test
    void shouldKeepWhatWasLastEmittedUnderACallId() {
        CallLedger ledger = new CallLedger(stores.get(StoreNames.CALL_LEDGER));
        assertThat(ledger.get("1", "s-a")).isNull();
        ledger.put("1", "s-a", new CallLedger.Entry(300, "s-b", "{\"näme\":1}".getBytes(UTF_8)));

        CallLedger.Entry entry = new CallLedger(stores.reopen(StoreNames.CALL_LEDGER)).get("1", "s-a");

        assertThat(entry.revision()).isEqualTo(300);
        assertThat(entry.supersededBy()).isEqualTo("s-b");
        assertThat(entry.json()).asString(UTF_8).isEqualTo("{\"näme\":1}");
    }

    @Test
    void shouldRefuseALedgerOfANewerVersion() {
        KeyValueStore<Bytes, byte[]> store = stores.get(StoreNames.CALL_LEDGER);
        store.put(StoreKeys.session(StoreKeys.Kind.LEDGER, FIRST), new byte[] {3, 1, 0});

        assertThatIllegalStateException()
                .isThrownBy(() -> new CallLedger(store).get(FIRST.accountId(), FIRST.telephonySessionId()))
                .withMessageStartingWith("A ledger entry has format version 3");
    }

    private void restart() {
        sessions.flush();
        stores.reopen(StoreNames.SESSIONS);
        sessions = sessions();
    }

    private SessionStore sessions() {
        return new SessionStore(stores.get(StoreNames.SESSIONS));
    }

    private static Notification named(Notification notification, String name) {
        return TopologyKit.edited(
                notification, tree -> TopologyKit.party(tree).putObject("from").put("name", name));
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
