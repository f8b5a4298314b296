package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import io.callweave.metrics.Count;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.Share;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.notification.PartyEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The binary forms that stores and the hop hold, as they were written by each version, must be read for ever: state outlives
 * an upgrade. The forms of a version are written once, with {@code -Dcallweave.write-store-formats=v2}, never over ones
 * that are there.
 */
class StoreFormatTest {

    private static final Path FORMATS = Path.of("src/test/resources/store-formats");
    private static final String CURRENT = "v2";
    private static final String WRITE = "callweave.write-store-formats";
    private static final HexFormat HEX = HexFormat.of();

    private static final SessionKey SESSION = new SessionKey("809646016", "s-ä1");
    private static final long RECEIVED = 1_772_452_800_123L;
    private static final long HIGHEST_SEQUENCE = (1L << 53) - 1;

    private static final PartyEvent SETUP = event(2, "p-1", "Setup", "2026-03-02T12:00:00.000Z", null);
    private static final PartyEvent ANSWERED = event(3, "p-1", "Answered", "2026-03-02T12:00:01.500Z", "s-b");
    private static final PartyEvent HELD = event(HIGHEST_SEQUENCE, "p-ü", "Hold", "2026-03-02T12:00:02.000Z", null);

    private static final WindowKey WINDOW = new WindowKey(
            SESSION.accountId(), Scope.NUMBER, "+15550100002", WindowSize.PT15M, RECEIVED - RECEIVED % 900_000);
    private static final Measures WHOLE = new Measures(
            Set.of(Count.CALLS, Count.ANSWERED, Count.SERVED_IN_TIME),
            Map.of(Figure.TALK, 300L, Figure.DURATION, 500L));
    private static final CountedCall COUNTED = new CountedCall(
            RECEIVED,
            RECEIVED - 3_600_000,
            List.of(
                    new Share(Scope.ACCOUNT, SESSION.accountId(), Set.of(WindowSize.PT1M, WindowSize.P1D), WHOLE),
                    new Share(
                            Scope.EXTENSION,
                            "62102",
                            Set.of(WindowSize.PT1H),
                            new Measures(Set.of(Count.CALLS), Map.of(Figure.RING, 7L))),
                    new Share(Scope.NUMBER, "+15550100002", Set.of(WindowSize.PT15M), WHOLE)));

    private static final HopMessage.Event HOP_EVENT =
            new HopMessage.Event(11, SESSION, HIGHEST_SEQUENCE, RECEIVED, HELD.body(), null);
    private static final HopMessage.Mark HOP_MARK = new HopMessage.Mark(300, 512, RECEIVED);
    private static final byte[] KEY = {0, (byte) 0xFF};
    private static final byte[] ORIGINAL = "{\"not\":\"canonical\" }".getBytes(UTF_8);

    /** What is in a store, or goes over the hop: the key where there is one, and the value. */
    private record Form(@Nullable Bytes key, Bytes value) {

        static Form of(String hex) {
            List<Bytes> lines = hex.lines().map(HEX::parseHex).map(Bytes::wrap).toList();
            return lines.size() == 1 ? new Form(null, lines.get(0)) : new Form(lines.get(0), lines.get(1));
        }

        String hex() {
            return (key == null ? "" : HEX.formatHex(key.get()) + "\n") + HEX.formatHex(value.get()) + "\n";
        }
    }

    @BeforeAll
    static void writeIfAskedFor() throws IOException {
        String version = System.getProperty(WRITE);
        if (version != null) {
            write(FORMATS.resolve(version));
        }
    }

    @Test
    void shouldHaveTheFormsOfTheCurrentVersion() throws IOException {
        assertThat(names(FORMATS.resolve(CURRENT)))
                .as("the forms in %s; new ones are written with -D%s=…, into a directory of their own", CURRENT, WRITE)
                .containsExactlyElementsOf(current().keySet());
    }

    @TestFactory
    List<DynamicTest> shouldWriteTheFormsOfTheCurrentVersion() {
        return current().entrySet().stream()
                .map(form -> DynamicTest.dynamicTest(
                        form.getKey(),
                        () -> assertThat(form.getValue().hex())
                                .as("a changed form needs a new format version, and the old one still has to be read")
                                .isEqualTo(Files.readString(
                                        FORMATS.resolve(CURRENT).resolve(form.getKey())))))
                .toList();
    }

    @Test
    void shouldReadEventsOfTheHop() throws IOException {
        for (Map.Entry<Path, Form> form : all("hop-event.hex").entrySet()) {
            assertThat(hop(form.getValue())).as(form.getKey().toString()).isEqualTo(HOP_EVENT);
        }
    }

    @Test
    void shouldReadMarksOfTheHop() throws IOException {
        for (Map.Entry<Path, Form> form : all("hop-mark.hex").entrySet()) {
            assertThat(hop(form.getValue())).as(form.getKey().toString()).isEqualTo(HOP_MARK);
        }
    }

    @Test
    void shouldReadEventsOfTheHopWithTheirOriginal() throws IOException {
        for (Form form : all("hop-event-with-original.hex").values()) {
            HopMessage.Original original = ((HopMessage.Event) hop(form)).original();

            assertThat(original.key()).isEqualTo(KEY);
            assertThat(original.value()).isEqualTo(ORIGINAL);
            assertThat(original.source()).isEqualTo("käse.ndjson:17");
        }
        for (Form form : all("hop-event-with-original-without-key.hex").values()) {
            assertThat(((HopMessage.Event) hop(form)).original().key()).isNull();
        }
    }

    @Test
    void shouldReadTheOrderOfASession() throws IOException {
        for (Form form : all("event-order.hex").values()) {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            EventOrder order = new EventOrders(store).get(SESSION);

            assertThat(order.size()).isEqualTo(3);
            assertThat(order.lastChange()).isEqualTo(RECEIVED);
            assertThat(order.armedDue()).isEqualTo(RECEIVED + 2_000);
            assertThat(order.heldSince()).isEqualTo(RECEIVED);
            assertThat(order.isClosed()).isFalse();
            EventOrders orders = new EventOrders(store);
            for (PartyEvent known : List.of(SETUP, ANSWERED, HELD)) {
                assertThat(order.arrive(known, orders.hash(known), RECEIVED, 100))
                        .isEqualTo(EventOrder.Arrival.DUPLICATE);
            }
            assertThat(order.release(RECEIVED))
                    .containsExactly(new EventOrder.Release(HELD.place(), false, true, null));
        }
        for (Form form : all("event-order-closed.hex").values()) {
            EventOrder order = new EventOrders(storeOf(form)).get(SESSION);

            assertThat(order.isClosed()).isTrue();
            assertThat(order.size()).isZero();
            assertThat(order.armedDue()).isEqualTo(RECEIVED + 7);
        }
    }

    @Test
    void shouldReadHeldEvents() throws IOException {
        for (Form form : all("held-event.hex").values()) {
            assertThat(new EventOrders(storeOf(form)).takeHeld(SESSION, HELD.place()))
                    .isEqualTo(HELD);
        }
    }

    @Test
    void shouldReadTheStateOfASession() throws IOException {
        for (Form form : all("session-state.hex").values()) {
            assertThat(new SessionStore(storeOf(form)).get(SESSION).state())
                    .isEqualTo(new SessionState("s-counted", "s-live", RECEIVED, true, false));
        }
        for (Form form : all("session-state-closed.hex").values()) {
            assertThat(new SessionStore(storeOf(form)).get(SESSION).state()).isEqualTo(SessionState.closed(RECEIVED));
        }
    }

    @Test
    void shouldReadPartyEvents() throws IOException {
        for (Form form : all("party-event.hex").values()) {
            SessionStore.Held held = new SessionStore(withState(storeOf(form), SESSION)).get(SESSION);

            assertThat(held.session().events()).containsExactly(ANSWERED);
            assertThat(held.lastChange()).isEqualTo(RECEIVED);
        }
        for (Form form : all("party-event-peer-ignored.hex").values()) {
            assertThat(new SessionStore(withState(storeOf(form), SESSION))
                            .get(SESSION)
                            .session()
                            .events())
                    .containsExactly(ANSWERED.withoutPeer());
        }
    }

    @Test
    void shouldReadWhoNamesASession() throws IOException {
        for (Form form : all("naming.hex").values()) {
            SessionKey named = new SessionKey(SESSION.accountId(), "s-b");
            assertThat(new SessionStore(withState(storeOf(form), named))
                            .get(named)
                            .namedBy())
                    .containsExactly(SESSION.telephonySessionId());
        }
    }

    @Test
    void shouldReadLedgerEntries() throws IOException {
        for (Form form : all("ledger-entry.hex").values()) {
            CallLedger.Entry entry =
                    new CallLedger(storeOf(form)).get(SESSION.accountId(), SESSION.telephonySessionId());

            assertThat(entry.revision()).isEqualTo(300);
            assertThat(entry.supersededBy()).isEqualTo("s-2");
            assertThat(entry.json()).asString(UTF_8).isEqualTo("{\"callId\":\"s-ä1\"}");
        }
    }

    @Test
    void shouldReadClockEntries() throws IOException {
        for (Form form : all("clock-entry.hex").values()) {
            assertThat(new Watermark(storeOf(form)).now()).isEqualTo(RECEIVED);
        }
    }

    @Test
    void shouldReadTheEpoch() throws IOException {
        for (Form form : all("epoch.hex").values()) {
            assertThat(Epoch.of(storeOf(form), 1)).isEqualTo(RECEIVED);
        }
    }

    @Test
    void shouldReadWhatIsDue() throws IOException {
        for (Form form : all("due.hex").values()) {
            List<DueQueue.Due> due = new ArrayList<>();
            new DueQueue(storeOf(form)).workOff(RECEIVED, 10, due::add);
            assertThat(due).containsExactly(new DueQueue.Due(RECEIVED, SESSION));
        }
    }

    @Test
    void shouldReadWhichLiveCallsWait() throws IOException {
        for (Form form : all("live.hex").values()) {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            LiveCalls live = new LiveCalls(new SessionStore(store), store, CallRules.DEFAULT, 500, 1_000);

            assertThat(live.takeReady(0)).containsExactly(SESSION);
        }
    }

    @Test
    void shouldReadWindows() throws IOException {
        for (Form form : all("window.hex").values()) {
            WindowAggregate window = new WindowTable(storeOf(form)).get(WINDOW);

            assertThat(window.count(Count.CALLS)).isEqualTo(10);
            assertThat(window.count(Count.TRANSFERRED)).isZero();
            assertThat(window.figure(Figure.TALK).count()).isEqualTo(10);
            assertThat(window.figure(Figure.TALK).sum()).isEqualTo(55_000);
            assertThat(window.figure(Figure.TALK).max()).isEqualTo(10_000);
            assertThat(window.figure(Figure.TALK).percentile(50)).isEqualTo(5_055);
            assertThat(window.figure(Figure.RING)).satisfies(ring -> {
                assertThat(ring.largest()).containsExactly(300, 7);
                assertThat(ring.isComplete()).isTrue();
            });
            assertThat(window.figure(Figure.HOLD).count()).isZero();
        }
    }

    @Test
    void shouldReadCountedCalls() throws IOException {
        for (Form form : all("counted-call.hex").values()) {
            assertThat(new WindowTable(storeOf(form)).counted(SESSION.accountId(), SESSION.telephonySessionId()))
                    .isEqualTo(COUNTED);
        }
    }

    @Test
    void shouldReadWhichCallsAreCountedOnADay() throws IOException {
        for (Form form : all("counted-on.hex").values()) {
            assertThat(new WindowTable(storeOf(form)).drop(SESSION.accountId(), WindowTable.dayOf(RECEIVED), 10))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldReadWhichWindowsWait() throws IOException {
        for (Form form : all("unsent-window.hex").values()) {
            assertThat(new WindowTable(storeOf(form)).unsent()).containsExactly(Map.entry(WINDOW, RECEIVED));
        }
    }

    @Test
    void shouldReadDaysOfWindows() throws IOException {
        for (Form form : all("window-day.hex").values()) {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);

            assertThat(new WindowDays(store, new WindowTable(store), 1_000)
                            .isGone(SESSION.accountId(), WindowTable.dayOf(RECEIVED)))
                    .isTrue();
        }
    }

    /** All forms as they are written today, by the name of their file. */
    private static Map<String, Form> current() {
        Map<String, Form> forms = new TreeMap<>();
        forms.put("hop-event.hex", written(HOP_EVENT));
        forms.put("hop-mark.hex", written(HOP_MARK));
        forms.put("hop-event-with-original.hex", written(withOriginal(KEY)));
        forms.put("hop-event-with-original-without-key.hex", written(withOriginal(null)));

        KeyValueStore<Bytes, byte[]> orders = store();
        EventOrders eventOrders = new EventOrders(orders);
        EventOrder order = eventOrders.get(SESSION);
        for (PartyEvent event : List.of(SETUP, ANSWERED, HELD)) {
            order.arrive(event, eventOrders.hash(event), RECEIVED, 100);
        }
        order.changed(RECEIVED);
        order.arm(RECEIVED + 2_000);
        eventOrders.put(SESSION, order);
        eventOrders.hold(HELD);
        forms.put("event-order.hex", only(orders, StoreKeys.Kind.ORDER));
        forms.put("held-event.hex", only(orders, StoreKeys.Kind.HELD));
        order.close();
        order.arm(RECEIVED + 7);
        eventOrders.put(SESSION, order);
        forms.put("event-order-closed.hex", only(orders, StoreKeys.Kind.ORDER));

        KeyValueStore<Bytes, byte[]> states = store();
        SessionStore sessions = new SessionStore(states);
        sessions.putState(SESSION, new SessionState("s-counted", "s-live", RECEIVED, true, false));
        sessions.flush();
        forms.put("session-state.hex", only(states, StoreKeys.Kind.STATE));
        sessions.close(SESSION, RECEIVED);
        forms.put("session-state-closed.hex", only(states, StoreKeys.Kind.STATE));

        KeyValueStore<Bytes, byte[]> events = store();
        new SessionStore(events).add(ANSWERED, RECEIVED, false);
        forms.put("party-event.hex", only(events, StoreKeys.Kind.EVENT));
        forms.put("naming.hex", only(events, StoreKeys.Kind.NAMING));
        KeyValueStore<Bytes, byte[]> ignored = store();
        new SessionStore(ignored).add(ANSWERED, RECEIVED, true);
        forms.put("party-event-peer-ignored.hex", only(ignored, StoreKeys.Kind.EVENT));

        KeyValueStore<Bytes, byte[]> ledger = store();
        new CallLedger(ledger)
                .put(
                        SESSION.accountId(),
                        SESSION.telephonySessionId(),
                        new CallLedger.Entry(300, "s-2", "{\"callId\":\"s-ä1\"}".getBytes(UTF_8)));
        forms.put("ledger-entry.hex", only(ledger, StoreKeys.Kind.LEDGER));

        KeyValueStore<Bytes, byte[]> clock = store();
        new Watermark(clock).mark(new HopMessage.Mark(0, 1, RECEIVED));
        forms.put("clock-entry.hex", only(clock, StoreKeys.Kind.CLOCK));

        KeyValueStore<Bytes, byte[]> epoch = store();
        assertThat(Epoch.of(epoch, RECEIVED)).isEqualTo(RECEIVED);
        forms.put("epoch.hex", only(epoch, StoreKeys.Kind.EPOCH));

        KeyValueStore<Bytes, byte[]> due = store();
        new DueQueue(due).add(RECEIVED, SESSION);
        forms.put("due.hex", only(due, StoreKeys.Kind.DUE));

        forms.put("window.hex", only(windowStore(), StoreKeys.Kind.WINDOW));
        KeyValueStore<Bytes, byte[]> counted = store();
        new WindowTable(counted).putCounted(SESSION.accountId(), SESSION.telephonySessionId(), COUNTED);
        forms.put("counted-call.hex", only(counted, StoreKeys.Kind.COUNTED));
        forms.put("counted-on.hex", only(counted, StoreKeys.Kind.COUNTED_ON));
        KeyValueStore<Bytes, byte[]> unsent = store();
        new WindowTable(unsent).putUnsent(WINDOW, RECEIVED);
        forms.put("unsent-window.hex", only(unsent, StoreKeys.Kind.UNSENT));
        forms.put("window-day.hex", only(goneDay(), StoreKeys.Kind.DAY));

        forms.put("live.hex", new Form(StoreKeys.session(StoreKeys.Kind.LIVE, SESSION), Bytes.wrap(new byte[] {1})));
        return forms;
    }

    /** Ten calls, of which two rang. */
    private static KeyValueStore<Bytes, byte[]> windowStore() {
        WindowAggregate window = WindowAggregate.EMPTY;
        for (long talk = 1_000; talk <= 10_000; talk += 1_000) {
            window = window.plus(new Measures(Set.of(Count.CALLS), Map.of(Figure.TALK, talk)));
        }
        for (long ring : new long[] {7, 300}) {
            window = window.plus(new Measures(Set.of(Count.ANSWERED), Map.of(Figure.RING, ring)));
        }
        KeyValueStore<Bytes, byte[]> store = store();
        WindowTable table = new WindowTable(store);
        table.change(WINDOW, window);
        table.write(WINDOW);
        return store;
    }

    private static KeyValueStore<Bytes, byte[]> goneDay() {
        KeyValueStore<Bytes, byte[]> store = store();
        WindowTable table = new WindowTable(store);
        table.putCounted(SESSION.accountId(), SESSION.telephonySessionId(), COUNTED);
        WindowDays days = new WindowDays(store, table, 1_000);
        days.touch(SESSION.accountId(), WindowTable.dayOf(RECEIVED), RECEIVED);
        days.workOff(RECEIVED + 2_000, (account, day) -> false);
        return store;
    }

    /** Writes the forms of a version that has none yet. */
    private static void write(Path directory) throws IOException {
        assertThat(directory)
                .as("forms that are there are what earlier versions wrote, and are never written anew")
                .doesNotExist();
        Files.createDirectories(directory);
        for (Map.Entry<String, Form> form : current().entrySet()) {
            Files.writeString(directory.resolve(form.getKey()), form.getValue().hex());
        }
    }

    private static HopMessage.Event withOriginal(byte @Nullable [] key) {
        return new HopMessage.Event(
                0, SESSION, 2, RECEIVED, SETUP.body(), new HopMessage.Original(key, ORIGINAL, "käse.ndjson:17"));
    }

    private static Form written(HopMessage message) {
        return new Form(null, Bytes.wrap(HopMessage.SERDE.serializer().serialize("hop", message)));
    }

    private static HopMessage hop(Form form) {
        return (HopMessage)
                HopMessage.SERDE.deserializer().deserialize("hop", form.value().get());
    }

    private static KeyValueStore<Bytes, byte[]> store() {
        return TestStores.inMemory("formats");
    }

    private static KeyValueStore<Bytes, byte[]> storeOf(Form form) {
        KeyValueStore<Bytes, byte[]> store = store();
        store.put(form.key(), form.value().get());
        return store;
    }

    private static Form only(KeyValueStore<Bytes, byte[]> store, StoreKeys.Kind kind) {
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(kind))) {
            KeyValue<Bytes, byte[]> entry = entries.next();
            assertThat(entries.hasNext()).isFalse();
            return new Form(entry.key, Bytes.wrap(entry.value));
        }
    }

    /** A form as each version wrote it; a version that does not have it yet is passed over. */
    private static Map<Path, Form> all(String name) throws IOException {
        Map<Path, Form> forms = new TreeMap<>();
        try (Stream<Path> versions = Files.list(FORMATS)) {
            for (Path version : versions.sorted().toList()) {
                Path file = version.resolve(name);
                if (Files.exists(file)) {
                    forms.put(file, Form.of(Files.readString(file)));
                }
            }
        }
        assertThat(forms).isNotEmpty();
        return forms;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static PartyEvent event(long sequence, String party, String status, String time, @Nullable String peer) {
        String named = peer == null
                ? ""
                : ",\"peerId\":{\"telephonySessionId\":\"" + peer + "\"},\"reason\":\"AttendedTransfer\"";
        return PartyEvents.fromBody(
                SESSION,
                sequence,
                "{\"eventTime\":\"" + time + "\",\"origin\":{\"type\":\"Call\"},\"party\":{\"id\":\"" + party
                        + "\",\"status\":{\"code\":\"" + status + "\"" + named + "}},\"sessionId\":\"1\"}");
    }

    /** A session without a state has nothing else either. */
    private static KeyValueStore<Bytes, byte[]> withState(KeyValueStore<Bytes, byte[]> store, SessionKey key) {
        store.put(StoreKeys.session(StoreKeys.Kind.STATE, key), SessionState.NEW.write());
        return store;
    }
}
