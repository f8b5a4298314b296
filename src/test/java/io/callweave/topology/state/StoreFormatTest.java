package io.callweave.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.PeerTie;
import io.callweave.metrics.Count;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.Share;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.notification.NotificationReader;
import io.callweave.settings.value.StateFormat;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.ordering.GapQueue;
import io.callweave.topology.session.LastEmission;
import io.callweave.topology.session.SessionSize;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.SessionTie;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.time.DueQueue;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.time.Watermark;
import io.callweave.topology.windows.CountedCallStore;
import io.callweave.topology.windows.StoredWindows;
import io.callweave.topology.windows.WindowDays;
import io.callweave.topology.windows.WindowNotes;
import io.callweave.topology.windows.WindowStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
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
 * The binary forms that stores and the repartition topic hold, as they were written by each version, must be read for ever: state outlives
 * an upgrade. The forms of a version are written once, with {@code -Dcallweave.write-store-formats=v1}, never over ones
 * that are there.
 */
class StoreFormatTest {

    private static final Path FORMATS = Path.of("src/test/resources/store-formats");
    private static final String CURRENT = "v" + StateFormat.NEWEST.number();
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
    private static final WindowKey DAY = new WindowKey(
            SESSION.accountId(), Scope.NUMBER, "+15550100002", WindowSize.P1D, RECEIVED - RECEIVED % 86_400_000);
    private static final Measures WHOLE = new Measures(
            Set.of(Count.CALLS, Count.ANSWERED, Count.ANSWERED_WITHIN),
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

    private static final SessionState LIVE = new SessionState(
                    17 << 10,
                    null,
                    "s-live",
                    RECEIVED + 60_000,
                    true,
                    false,
                    RECEIVED,
                    new SessionSize(3, 2, 700),
                    Map.of(),
                    null,
                    CountedOn.NO_DAY)
            .tie("s-b", new SessionTie(new PeerTie(false, true), null))
            .tie("s-ü", new SessionTie(null, new PeerTie(true, false)));
    private static final LastEmission EMISSION =
            new LastEmission(300, null, (1L << 32) + 77, HEX.parseHex("00112233445566778899aabbccddeeff"), false, null);
    private static final LastEmission SUPERSEDED = new LastEmission(
            2,
            "s-2",
            -7,
            HEX.parseHex("ffeeddccbbaa99887766554433221100"),
            false,
            "{\"callId\":\"s-ä1\"}".getBytes(UTF_8));

    /** Before the epoch: a notification can say any time. */
    private static final long COUNTED_ON = -20_514;

    private static final RepartitionMessage.Mark MARK = new RepartitionMessage.Mark(300, 512, RECEIVED, new BitSet());
    private static final byte[] KEY = {0, (byte) 0xFF};
    private static final byte[] VALUE = "{\"not\":\"canonical\" }".getBytes(UTF_8);

    /** What is in a store, or goes over the repartition topic: the key where there is one, and the value. */
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
    void shouldReadRoutedNotifications() throws IOException {
        for (Form form : all("routed.hex").values()) {
            RepartitionMessage.Routed routed = (RepartitionMessage.Routed) message(form);

            assertThat(routed.sourcePartition()).isEqualTo(11);
            assertThat(routed.offset()).isEqualTo(HIGHEST_SEQUENCE);
            assertThat(routed.receivedAt()).isEqualTo(RECEIVED);
            assertThat(routed.headerAccount()).isEqualTo(SESSION.accountId());
            assertThat(routed.sentSource()).isEqualTo("käse.ndjson:17");
            assertThat(routed.key()).isEqualTo(KEY);
            assertThat(routed.value()).isEqualTo(VALUE);
        }
        for (Form form : all("routed-alone.hex").values()) {
            RepartitionMessage.Routed routed = (RepartitionMessage.Routed) message(form);

            assertThat(routed.headerAccount()).isNull();
            assertThat(routed.sentSource()).isNull();
            assertThat(routed.key()).isNull();
            assertThat(routed.value()).isEqualTo(VALUE);
        }
    }

    @Test
    void shouldReadMarks() throws IOException {
        for (Form form : all("mark.hex").values()) {
            assertThat(message(form)).isEqualTo(MARK);
        }
    }

    @Test
    void shouldReadLiveSessions() throws IOException {
        for (Form form : all("session-live.hex").values()) {
            assertThat(new SessionStore(storeOf(form), StateFormat.NEWEST).state(SESSION))
                    .isEqualTo(LIVE);
        }
    }

    @Test
    void shouldReadSettledSessions() throws IOException {
        for (Map.Entry<Path, Form> each : all("session-settled.hex").entrySet()) {
            Form form = each.getValue();
            StoredSession session = new SessionStore(storeOf(form), StateFormat.NEWEST).get(SESSION);

            assertThat(session.state().countedIn()).isEqualTo(SESSION.telephonySessionId());
            assertThat(session.state().emission()).isEqualTo(EMISSION);
            assertThat(session.state().countedOn()).isEqualTo(saysDays(each.getKey()) ? COUNTED_ON : CountedOn.UNKNOWN);
            assertThat(session.state().lastChange()).isEqualTo(RECEIVED + 2);
            assertThat(session.session().events()).containsExactly(SETUP, ANSWERED, HELD);
            assertThat(session.sequence().heldSince(HELD.place())).isEqualTo(RECEIVED + 2);
            assertThat(session.sequence().held(HELD.place()).body().text())
                    .isEqualTo(HELD.body().text());
        }
        for (Form form : all("session-settled-without-emission.hex").values()) {
            StoredSession session = new SessionStore(storeOf(form), StateFormat.NEWEST).get(SESSION);

            assertThat(session.state().countedIn()).isEqualTo("s-counted");
            assertThat(session.state().emission()).isNull();
            assertThat(session.session().events()).containsExactly(SETUP);
        }
        for (Form form : all("session-settled-with-json.hex").values()) {
            assertThat(new SessionStore(storeOf(form), StateFormat.NEWEST)
                            .state(SESSION)
                            .emission())
                    .isEqualTo(SUPERSEDED);
        }
    }

    @Test
    void shouldReadClosedSessions() throws IOException {
        for (Map.Entry<Path, Form> each : all("session-closed.hex").entrySet()) {
            assertThat(new SessionStore(storeOf(each.getValue()), StateFormat.NEWEST).state(SESSION))
                    .isEqualTo(SessionState.NEW
                            .closed(RECEIVED)
                            .tie("s-b", LIVE.tie("s-ü"))
                            .countedOn(saysDays(each.getKey()) ? COUNTED_ON : CountedOn.UNKNOWN));
        }
    }

    /** Since format 3. */
    private static boolean saysDays(Path form) {
        return !form.startsWith(FORMATS.resolve("v1")) && !form.startsWith(FORMATS.resolve("v2"));
    }

    @Test
    void shouldReadEventsThatWentOut() throws IOException {
        for (Form form : all("event-out.hex").values()) {
            StoredSession session = new SessionStore(withState(storeOf(form)), StateFormat.NEWEST).get(SESSION);

            assertThat(session.session().events()).containsExactly(ANSWERED);
            assertThat(session.sequence().isHolding()).isFalse();
            assertThat(session.state().lastChange()).isEqualTo(RECEIVED + 1);
        }
    }

    @Test
    void shouldReadEventsThatWait() throws IOException {
        for (Form form : all("event-held.hex").values()) {
            StoredSession session = new SessionStore(withState(storeOf(form)), StateFormat.NEWEST).get(SESSION);

            assertThat(session.session().events()).containsExactly(HELD);
            assertThat(session.sequence().heldSince()).isEqualTo(RECEIVED + 2);
            assertThat(session.sequence().held(HELD.place()).body().text())
                    .isEqualTo(HELD.body().text());
        }
    }

    @Test
    void shouldReadEventsThatLieTogether() throws IOException {
        for (Form form : all("events.hex").values()) {
            StoredSession session = new SessionStore(withState(storeOf(form)), StateFormat.NEWEST).get(SESSION);

            assertThat(session.session().events()).containsExactly(ANSWERED, HELD);
            assertThat(session.sequence().heldSince()).isEqualTo(RECEIVED + 2);
            assertThat(session.state().lastChange()).isEqualTo(RECEIVED + 2);
        }
    }

    @Test
    void shouldReadWhichSessionsHoldEventsBack() throws IOException {
        for (Form form : all("holding.hex").values()) {
            assertThat(new GapQueue(storeOf(form), StateFormat.NEWEST).due(300, 0))
                    .isEqualTo(SESSION);
        }
    }

    @Test
    void shouldReadHowFarAQueueIs() throws IOException {
        for (Form form : all("due-position.hex").values()) {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            store.put(StoreKeys.due(RECEIVED - 1, SESSION), new byte[] {1});
            store.put(StoreKeys.due(RECEIVED + 1, SESSION), new byte[] {1});
            List<DueQueue.Due> due = new ArrayList<>();

            new DueQueue(store, StateFormat.NEWEST)
                    .processDue(Long.MAX_VALUE, StepLimits.DEFAULT.timeless().begin(), due::add);

            assertThat(due)
                    .as("what lies before the position is not looked for")
                    .containsExactly(new DueQueue.Due(RECEIVED + 1, SESSION));
        }
    }

    @Test
    void shouldReadClockEntries() throws IOException {
        for (Form form : all("clock-entry.hex").values()) {
            assertThat(new Watermark(storeOf(form), StateFormat.NEWEST).now()).isEqualTo(RECEIVED);
        }
    }

    @Test
    void shouldReadTheKeptTime() throws IOException {
        for (Form form : all("clock-now.hex").values()) {
            assertThat(new Watermark(storeOf(form), StateFormat.NEWEST).now()).isEqualTo(RECEIVED);
        }
    }

    @Test
    void shouldReadTheEpoch() throws IOException {
        for (Form form : all("epoch.hex").values()) {
            assertThat(Epoch.of(storeOf(form), StateFormat.NEWEST, 1)).isEqualTo(RECEIVED);
        }
    }

    @Test
    void shouldReadWhatIsDue() throws IOException {
        for (Form form : all("due.hex").values()) {
            List<DueQueue.Due> due = new ArrayList<>();
            new DueQueue(storeOf(form), StateFormat.NEWEST)
                    .processDue(RECEIVED, StepLimits.DEFAULT.timeless().begin(), due::add);
            assertThat(due).containsExactly(new DueQueue.Due(RECEIVED, SESSION));
        }
    }

    @Test
    void shouldReadWindows() throws IOException {
        for (Form form : all("window.hex").values()) {
            WindowAggregate window = StoredWindows.of(counted(storeOf(form)), WINDOW);

            assertThat(window.count(Count.CALLS)).isEqualTo(10);
            assertThat(window.count(Count.TRANSFERRED)).isZero();
            assertThat(window.figure(Figure.TALK).count()).isEqualTo(10);
            assertThat(window.figure(Figure.TALK).sum()).isEqualTo(55_000);
            assertThat(window.figure(Figure.TALK).max()).isEqualTo(10_000);
            assertThat(window.figure(Figure.TALK).percentile(50)).isEqualTo(5_055);
            assertThat(window.figure(Figure.RING)).satisfies(ring -> {
                assertThat(ring.largest(0)).isEqualTo(300);
                assertThat(ring.largest(1)).isEqualTo(7);
                assertThat(ring.isComplete()).isTrue();
            });
            assertThat(window.figure(Figure.HOLD).count()).isZero();
        }
    }

    @Test
    void shouldReadWindowsThatAreStoredTogether() throws IOException {
        for (Form form : all("window-page.hex").values()) {
            assertThat(StoredWindows.of(storeOf(form), WINDOW)
                            .figure(Figure.TALK)
                            .largest(0))
                    .isEqualTo(300);
            assertThat(StoredWindows.of(storeOf(form), DAY).count(Count.CALLS)).isEqualTo(2);
        }
    }

    @Test
    void shouldReadWhichWindowsAreStoredAlone() throws IOException {
        for (Form form : all("window-page-beside-others.hex").values()) {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            assertThat(StoredWindows.of(store, DAY).count(Count.CALLS)).isEqualTo(2);
            WindowKey later = new WindowKey(
                    WINDOW.accountId(),
                    WINDOW.scope(),
                    WINDOW.scopeId(),
                    WINDOW.size(),
                    WINDOW.start() + WINDOW.size().length());
            for (WindowKey alone : List.of(WINDOW, later)) {
                WindowAggregate figures = new WindowAggregate();
                figures.add(WHOLE);
                StoredWindows.putAlone(store, alone, figures);
            }

            assertThat(StoredWindows.of(store, WINDOW).count(Count.CALLS)).isEqualTo(1);
            assertThat(StoredWindows.of(store, later).count(Count.CALLS))
                    .as("one that the page does not know of")
                    .isZero();
        }
    }

    @Test
    void shouldReadCountedCalls() throws IOException {
        for (Form form : all("counted-on.hex").values()) {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            CountedCallStore calls = new CountedCallStore(store, StateFormat.NEWEST);
            long day = WindowStore.dayOf(RECEIVED);

            for (long known : new long[] {day, CountedOn.UNKNOWN}) {
                assertThat(calls.get(SESSION.accountId(), SESSION.telephonySessionId(), known, day))
                        .isEqualTo(COUNTED);
            }
            assertThat(StoredWindows.drop(store, SESSION.accountId(), day)).isEqualTo(1);
            assertThat(store.all()).isExhausted();
        }
    }

    @Test
    void shouldReadWhichWindowsWait() throws IOException {
        for (Form form : all("unsent-window.hex").values()) {
            assertThat(new WindowNotes(storeOf(form), StateFormat.NEWEST).read())
                    .containsExactly(new WindowNotes.Unsent(WINDOW, RECEIVED));
        }
        for (Form form : all("window-note.hex").values()) {
            assertThat(new WindowNotes(storeOf(form), StateFormat.NEWEST).read())
                    .containsExactly(
                            new WindowNotes.Unsent(WINDOW, RECEIVED), new WindowNotes.Unsent(DAY, RECEIVED + 1));
        }
    }

    @Test
    void shouldReadDaysOfWindows() throws IOException {
        for (Form form : all("window-day.hex").values()) {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);

            assertThat(new WindowDays(store, StateFormat.NEWEST, StoredWindows.table(store), 1_000)
                            .isGone(SESSION.accountId(), WindowStore.dayOf(RECEIVED)))
                    .isTrue();
        }
    }

    /** All forms as they are written today, by the name of their file. */
    private static Map<String, Form> current() {
        Map<String, Form> forms = new TreeMap<>();
        forms.put(
                "routed.hex",
                written(new RepartitionMessage.Routed(
                        11,
                        HIGHEST_SEQUENCE,
                        RECEIVED,
                        "not sent",
                        SESSION.accountId(),
                        "käse.ndjson:17",
                        KEY,
                        VALUE)));
        forms.put(
                "routed-alone.hex",
                written(new RepartitionMessage.Routed(11, 7, RECEIVED, "not sent", null, null, null, VALUE)));
        forms.put("mark.hex", written(MARK));

        forms.put("session-live.hex", ofSession(store(), sessions -> sessions.putState(SESSION, LIVE)));
        forms.put("session-settled.hex", ofSession(store(), sessions -> {
            sessions.add(sessions.get(SESSION), SETUP, RECEIVED, 17, false);
            sessions.settle(sessions.get(SESSION), SESSION.telephonySessionId());
            sessions.add(sessions.get(SESSION), ANSWERED, RECEIVED + 1, 18, false);
            sessions.get(SESSION).sequence().arrive(HELD, RECEIVED + 2);
            sessions.add(sessions.get(SESSION), HELD, RECEIVED + 2, 19, false);
            sessions.putState(
                    SESSION, sessions.state(SESSION).emission(EMISSION).countedOn(COUNTED_ON));
        }));
        forms.put("session-settled-without-emission.hex", ofSession(store(), sessions -> {
            sessions.add(sessions.get(SESSION), SETUP, RECEIVED, 17, false);
            sessions.settle(sessions.get(SESSION), "s-counted");
        }));
        forms.put("session-settled-with-json.hex", ofSession(store(), sessions -> {
            sessions.add(sessions.get(SESSION), SETUP, RECEIVED, 17, false);
            sessions.settle(sessions.get(SESSION), "s-2");
            sessions.putState(SESSION, sessions.state(SESSION).emission(SUPERSEDED));
        }));
        forms.put("session-closed.hex", ofSession(store(), sessions -> {
            sessions.add(sessions.get(SESSION), ANSWERED, RECEIVED, 17, false);
            sessions.putState(
                    SESSION, sessions.state(SESSION).tie("s-b", LIVE.tie("s-ü")).countedOn(COUNTED_ON));
            sessions.close(SESSION, RECEIVED);
        }));

        forms.put("event-out.hex", slotOf(sessions -> out(sessions, 17)));
        forms.put("event-held.hex", slotOf(sessions -> held(sessions, 17)));
        forms.put("events.hex", slotOf(sessions -> {
            out(sessions, 17);
            held(sessions, 18);
        }));

        KeyValueStore<Bytes, byte[]> holding = store();
        GapQueue gaps = new GapQueue(holding, StateFormat.NEWEST);
        gaps.hold(SESSION, 300, RECEIVED);
        gaps.write();
        forms.put("holding.hex", only(holding, StoreKeys.Kind.HOLDING));

        KeyValueStore<Bytes, byte[]> clock = store();
        new Watermark(clock, StateFormat.NEWEST).mark(new RepartitionMessage.Mark(0, 1, RECEIVED, new BitSet()));
        forms.put("clock-entry.hex", only(clock, StoreKeys.Kind.CLOCK));

        KeyValueStore<Bytes, byte[]> now = store();
        Watermark kept = new Watermark(now, StateFormat.NEWEST);
        kept.mark(new RepartitionMessage.Mark(0, 1, RECEIVED, new BitSet()));
        kept.keep();
        forms.put("clock-now.hex", only(now, StoreKeys.Kind.NOW));

        KeyValueStore<Bytes, byte[]> epoch = store();
        assertThat(Epoch.of(epoch, StateFormat.NEWEST, RECEIVED)).isEqualTo(RECEIVED);
        forms.put("epoch.hex", only(epoch, StoreKeys.Kind.EPOCH));

        KeyValueStore<Bytes, byte[]> due = store();
        new DueQueue(due, StateFormat.NEWEST).add(RECEIVED, SESSION);
        forms.put("due.hex", only(due, StoreKeys.Kind.DUE));
        forms.put("due-position.hex", only(workedOff(), StoreKeys.Kind.POSITION));

        forms.put("window.hex", only(windowStore(), StoreKeys.Kind.WINDOW));
        KeyValueStore<Bytes, byte[]> counted = store();
        new CountedCallStore(counted, StateFormat.NEWEST)
                .put(SESSION.accountId(), SESSION.telephonySessionId(), COUNTED);
        forms.put("counted-on.hex", only(counted, StoreKeys.Kind.COUNTED_ON));
        KeyValueStore<Bytes, byte[]> together = store();
        StoredWindows.putTogether(
                together,
                new StoredWindows.Held(WINDOW, WHOLE, 1, RECEIVED),
                new StoredWindows.Held(DAY, WHOLE, 2, RECEIVED + 1));
        forms.put("window-page.hex", only(together, StoreKeys.Kind.PAGE));
        KeyValueStore<Bytes, byte[]> beside = store();
        StoredWindows.putBeside(beside, new StoredWindows.Held(DAY, WHOLE, 2, RECEIVED), WINDOW);
        forms.put("window-page-beside-others.hex", only(beside, StoreKeys.Kind.PAGE));
        forms.put("window-note.hex", only(together, StoreKeys.Kind.NOTE));
        forms.put("window-pages.hex", only(together, StoreKeys.Kind.PAGED));
        forms.put("window-day.hex", only(goneDay(), StoreKeys.Kind.DAY));
        return forms;
    }

    /** Ten calls, of which two rang. */
    private static KeyValueStore<Bytes, byte[]> windowStore() {
        WindowAggregate window = new WindowAggregate();
        for (long talk = 1_000; talk <= 10_000; talk += 1_000) {
            window.add(new Measures(Set.of(Count.CALLS), Map.of(Figure.TALK, talk)));
        }
        for (long ring : new long[] {7, 300}) {
            window.add(new Measures(Set.of(Count.ANSWERED), Map.of(Figure.RING, ring)));
        }
        KeyValueStore<Bytes, byte[]> store = store();
        StoredWindows.putAlone(store, WINDOW, window);
        return store;
    }

    private static KeyValueStore<Bytes, byte[]> goneDay() {
        KeyValueStore<Bytes, byte[]> store = store();
        new CountedCallStore(store, StateFormat.NEWEST).put(SESSION.accountId(), SESSION.telephonySessionId(), COUNTED);
        WindowDays days = new WindowDays(store, StateFormat.NEWEST, StoredWindows.table(store), 1_000);
        days.touch(SESSION.accountId(), WindowStore.dayOf(RECEIVED), RECEIVED);
        days.processDue(RECEIVED + 2_000, (account, day) -> false);
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

    /** With a day: windows of format 1 are looked for where something was counted before there were pages. */
    private static KeyValueStore<Bytes, byte[]> counted(KeyValueStore<Bytes, byte[]> store) {
        new WindowDays(store, new StateFormat(1), StoredWindows.table(store(), new StateFormat(1)), 1_000)
                .touch(SESSION.accountId(), WindowStore.dayOf(RECEIVED), RECEIVED);
        return store;
    }

    /** The value of the session after this, and what it left in the store beside it. */
    private static Form ofSession(KeyValueStore<Bytes, byte[]> store, Consumer<SessionStore> steps) {
        SessionStore sessions = new SessionStore(store, StateFormat.NEWEST);
        steps.accept(sessions);
        sessions.flush();
        return at(store, StoreKeys.session(StoreKeys.Kind.STATE, SESSION));
    }

    /** The only slot after this. */
    private static Form slotOf(Consumer<SessionStore> steps) {
        KeyValueStore<Bytes, byte[]> store = store();
        ofSession(store, steps);
        return only(store, StoreKeys.Kind.SLOT);
    }

    private static void out(SessionStore sessions, long offset) {
        sessions.add(sessions.get(SESSION), ANSWERED, RECEIVED + 1, offset, false);
    }

    private static void held(SessionStore sessions, long offset) {
        sessions.get(SESSION).sequence().arrive(HELD, RECEIVED + 2);
        sessions.add(sessions.get(SESSION), HELD, RECEIVED + 2, offset, false);
    }

    /** As many entries as are handled before the position is written down, all at this time. */
    private static KeyValueStore<Bytes, byte[]> workedOff() {
        KeyValueStore<Bytes, byte[]> store = store();
        DueQueue queue = new DueQueue(store, StateFormat.NEWEST);
        for (int i = 1_000; i < 1_000 + DueQueue.POSITION_EVERY; i++) {
            queue.add(RECEIVED, new SessionKey(SESSION.accountId(), "s-" + i));
        }
        queue.processDue(RECEIVED, StepLimits.DEFAULT.timeless().begin(), entry -> {});
        return store;
    }

    private static Form written(RepartitionMessage message) {
        return new Form(
                null,
                Bytes.wrap(RepartitionMessage.serde(StateFormat.NEWEST)
                        .serializer()
                        .serialize("routed", message)));
    }

    private static RouterOutput message(Form form) {
        return RepartitionMessage.serde(StateFormat.NEWEST)
                .deserializer()
                .deserialize("routed", form.value().get());
    }

    private static KeyValueStore<Bytes, byte[]> store() {
        return TestStores.inMemory("formats");
    }

    private static KeyValueStore<Bytes, byte[]> storeOf(Form form) {
        KeyValueStore<Bytes, byte[]> store = store();
        store.put(form.key(), form.value().get());
        return store;
    }

    private static Form at(KeyValueStore<Bytes, byte[]> store, Bytes key) {
        return new Form(key, Bytes.wrap(Objects.requireNonNull(store.get(key))));
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
        String json = "{\"body\":{\"accountId\":\"" + SESSION.accountId() + "\",\"telephonySessionId\":\""
                + SESSION.telephonySessionId() + "\",\"sequence\":" + sequence + ",\"eventTime\":\"" + time
                + "\",\"origin\":{\"type\":\"Call\"},\"sessionId\":\"1\",\"parties\":[{\"id\":\"" + party
                + "\",\"status\":{\"code\":\"" + status + "\"" + named + "}}]}}";
        return new NotificationReader().read(json.getBytes(UTF_8)).events().get(0);
    }

    /** With the session that the events of a slot are of. */
    private static KeyValueStore<Bytes, byte[]> withState(KeyValueStore<Bytes, byte[]> store) {
        BinaryWriter value = new BinaryWriter(64);
        LIVE.write(value, StateFormat.NEWEST);
        store.put(StoreKeys.session(StoreKeys.Kind.STATE, SESSION), value.bytes());
        return store;
    }
}
