package io.callweave.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.CallRules;
import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import io.callweave.notification.PartyEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stage 1 knows of the events of its sessions is the same after a restart, when all is read from the stores again. */
class EventOrdersTest {

    private static final SessionKey SESSION = new SessionKey("1", "s-a");
    private static final long NOW = 1_000_000;
    private static final long GRACE = Timing.DEFAULT.gapGrace();

    private TestStores stores;
    private OrderDesk desk;

    @BeforeEach
    void open(@TempDir Path directory) {
        stores = new TestStores(directory);
        desk = desk();
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldLetEachEventThroughOnce() {
        assertThat(isNew(event(SESSION, 2, "p-1", "Setup"))).isTrue();
        assertThat(isNew(event(SESSION, 2, "p-1", "Setup"))).isFalse();
        assertThat(isNew(event(SESSION, 3, "p-1", "Setup"))).isTrue();
        assertThat(isNew(event(SESSION, 2, "p-2", "Setup"))).isTrue();
    }

    @Test
    void shouldLetAnotherBodyOfTheSameEventThrough() {
        assertThat(isNew(event(SESSION, 2, "p-1", "Setup"))).isTrue();
        assertThat(isNew(event(SESSION, 2, "p-1", "Answered"))).isTrue();
        assertThat(isNew(event(SESSION, 2, "p-1", "Answered"))).isFalse();
    }

    @Test
    void shouldTellTheSessionsOfTwoAccountsApart() {
        assertThat(isNew(event(SESSION, 2, "p-1", "Setup"))).isTrue();
        assertThat(isNew(event(new SessionKey("2", "s-a"), 2, "p-1", "Setup"))).isTrue();
    }

    @Test
    void shouldKnowAfterARestartWhatItHasSeen() {
        long largest = (1L << 53) - 1;
        accept(event(SESSION, 2, "p-1", "Setup"));
        accept(event(SESSION, largest, "p-ü", "Setup"));

        restart();

        assertThat(isNew(event(SESSION, 2, "p-1", "Setup"))).isFalse();
        assertThat(isNew(event(SESSION, largest, "p-ü", "Setup"))).isFalse();
        assertThat(isNew(event(SESSION, 3, "p-1", "Setup"))).isTrue();
    }

    @Test
    void shouldKeepNoMoreOfAnEventThanItTakesToKnowItAgainAndToTellWhatWasBefore() {
        PartyEvent event = event(SESSION, 2, "p-1", "Setup", "x".repeat(100_000));

        accept(event);

        assertThat(store().get(StoreKeys.session(StoreKeys.Kind.ORDER, SESSION)))
                .hasSizeLessThan(64);
        assertThat(store().approximateNumEntries()).isEqualTo(1);
    }

    @Test
    void shouldGiveOutHeldEventsAfterARestartWhenTheGapIsClosed() {
        accept(event(SESSION, 2, "p-1", "Setup"));
        assertThat(accept(event(SESSION, 5, "p-2", "Proceeding"))).isEmpty();
        assertThat(accept(event(SESSION, 4, "p-1", "Answered"))).isEmpty();

        restart();

        assertThat(accept(event(SESSION, 3, "p-1", "Proceeding")))
                .containsExactly("3 p-1 Proceeding", "4 p-1 Answered", "5 p-2 Proceeding");
        assertThat(stillHeld()).isZero();
    }

    @Test
    void shouldGiveUpAGapAfterARestartWhenItsTimeIsOver() {
        accept(event(SESSION, 2, "p-1", "Setup"));
        accept(event(SESSION, 4, "p-1", "Answered"));

        restart();

        assertThat(workOffDue(NOW + GRACE - 1)).isEmpty();
        assertThat(workOffDue(NOW + GRACE)).containsExactly("4 p-1 Answered");
        assertThat(stillHeld()).isZero();
    }

    @Test
    void shouldKnowAfterARestartWhatWasBefore() {
        accept(event(SESSION, 2, "p-1", "Setup"));

        restart();

        List<OrderDesk.Released> released =
                desk.accept(event(SESSION, 3, "p-1", "Proceeding"), NOW).released();
        assertThat(tree(released.get(0)).path("previousStatus").asText()).isEqualTo("Setup");
    }

    @Test
    void shouldRefuseAStateOfANewerVersion() {
        store().put(StoreKeys.session(StoreKeys.Kind.ORDER, SESSION), new byte[] {7});

        assertThatIllegalStateException()
                .isThrownBy(() -> accept(event(SESSION, 2, "p-1", "Setup")))
                .withMessageContaining("format version 7");
    }

    private KeyValueStore<Bytes, byte[]> store() {
        return stores.get(StoreNames.EVENT_ORDERS);
    }

    private int stillHeld() {
        return TestStores.count(store(), StoreKeys.Kind.HELD);
    }

    private void restart() {
        stores.reopen(StoreNames.EVENT_ORDERS);
        stores.reopen(StoreNames.ORDER_DUE);
        desk = desk();
    }

    private OrderDesk desk() {
        return new OrderDesk(
                new EventOrders(store()),
                new DueQueue(stores.get(StoreNames.ORDER_DUE)),
                Timing.DEFAULT,
                CallRules.DEFAULT.gapsCount(),
                Limits.DEFAULT);
    }

    private boolean isNew(PartyEvent event) {
        return !desk.accept(event, NOW).isDuplicate();
    }

    private List<String> accept(PartyEvent event) {
        return summaries(desk.accept(event, NOW).released());
    }

    private List<String> workOffDue(long now) {
        return summaries(desk.workOffDue(now));
    }

    private static List<String> summaries(List<OrderDesk.Released> released) {
        return released.stream()
                .map(EventOrdersTest::tree)
                .map(tree -> tree.path("sequence").asText() + " "
                        + tree.path("partyId").asText() + " "
                        + tree.path("status").asText())
                .toList();
    }

    private static ObjectNode tree(OrderDesk.Released released) {
        return TopologyKit.tree(new String(released.json(), StandardCharsets.UTF_8));
    }

    private static PartyEvent event(SessionKey session, long sequence, String party, String status) {
        return event(session, sequence, party, status, "1");
    }

    private static PartyEvent event(SessionKey session, long sequence, String party, String status, String sessionId) {
        String body = "{\"eventTime\":\"2026-03-02T09:00:00Z\",\"origin\":{\"type\":\"Call\"},\"party\":{\"id\":\""
                + party + "\",\"status\":{\"code\":\"" + status + "\"}},\"sessionId\":\"" + sessionId + "\"}";
        return PartyEvents.fromBody(session, sequence, body);
    }
}
