package io.callweave.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.callweave.call.event.Address;
import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactId;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.LaterFact;
import io.callweave.call.fact.SessionFacts;
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
import io.callweave.topology.fairness.FairScheduler;
import io.callweave.topology.fairness.PutOffWork;
import io.callweave.topology.fairness.ThreadTime;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.ordering.GapQueue;
import io.callweave.topology.session.LastEmission;
import io.callweave.topology.session.LaterState;
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
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 * The binary forms that stores and the repartition topic hold. One that changes needs another {@link BinaryWriter#FORMAT}, which needs a
 * file of its own: delete the old one, and write it with {@code -Dcallweave.write-store-format=true}.
 */
class StoreFormatTest {

    private static final Path FORMS =
            Path.of("src/app/test/resources/store-format-" + BinaryWriter.FORMAT + ".properties");
    private static final String WRITE = "callweave.write-store-format";
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
            -77L,
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
                    new SessionSize(3, 2, 700, 5),
                    Map.of(),
                    null,
                    CountedOn.NO_DAY,
                    LaterState.NONE)
            .tie("s-b", new SessionTie(new PeerTie(false, true), null))
            .tie("s-ü", new SessionTie(null, new PeerTie(true, false)));
    private static final LaterState LATER = new LaterState(
            SessionFacts.NONE
                    .with(new LaterFact(
                            new FactId(FactKind.INSIGHTS, "77", "NextSteps"),
                            RECEIVED,
                            EventBody.of("a").withoutText(),
                            new FactContent.Texts(List.of("Anrufen", "Prüfen"))))
                    .with(new LaterFact(
                            new FactId(FactKind.RECORDING, "77", ""),
                            null,
                            EventBody.of("b").withoutText(),
                            new FactContent.Description(
                                    null, "https://x.example/77", "audio/mpeg", 55_000L, null, RECEIVED)))
                    .with(new LaterFact(
                            new FactId(FactKind.VOICEMAIL, "9", ""),
                            RECEIVED,
                            EventBody.of("c").withoutText(),
                            new FactContent.Description("101", null, null, null, RECEIVED, null))),
            RECEIVED + 5_000,
            true);
    private static final LaterState LOGGED = new LaterState(
            SessionFacts.NONE.with(new LaterFact(
                    new FactId(FactKind.CALL_LOG, "L-1", ""),
                    RECEIVED,
                    EventBody.of("d").withoutText(),
                    new FactContent.LogEntry(
                            "Voice",
                            "Inbound",
                            "Phone Call",
                            "Accepted",
                            RECEIVED - 60_000,
                            30_000,
                            new Address("+15550100002", "Käthe", null, null),
                            null,
                            "62102",
                            null,
                            "9",
                            null,
                            new BigDecimal("0.040"),
                            List.of(new FactContent.LogLeg(
                                    true,
                                    "Accept",
                                    "Voice",
                                    null,
                                    "Phone Call",
                                    "Accepted",
                                    null,
                                    null,
                                    new Address(null, null, "62102", "102"),
                                    null,
                                    "p-1",
                                    null,
                                    "77",
                                    RECEIVED - 60_000,
                                    30_000))))),
            0,
            false);
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

    private static final RepartitionMessage.Mark MARK = RepartitionMessage.Mark.of(300, 512, RECEIVED);
    private static final byte[] KEY = {0, (byte) 0xFF};
    private static final byte[] VALUE = "{\"not\":\"canonical\" }".getBytes(UTF_8);

    /** What is in a store, or goes over the repartition topic: the key where there is one, and the value. */
    private record Form(@Nullable Bytes key, Bytes value) {

        static Form of(String hex) {
            List<Bytes> parts = Stream.of(hex.split(" "))
                    .map(HEX::parseHex)
                    .map(Bytes::wrap)
                    .toList();
            return parts.size() == 1 ? new Form(null, parts.get(0)) : new Form(parts.get(0), parts.get(1));
        }

        String hex() {
            return (key == null ? "" : HEX.formatHex(key.get()) + " ") + HEX.formatHex(value.get());
        }

        /** As a build of the next format would write it. */
        Form ofNextFormat() {
            byte[] other = value.get().clone();
            other[0]++;
            return new Form(key, Bytes.wrap(other));
        }
    }

    @BeforeAll
    static void writeIfAskedFor() throws IOException {
        if (Boolean.getBoolean(WRITE)) {
            assertThat(FORMS).as("the forms of this format").doesNotExist();
            Files.write(
                    FORMS,
                    current().entrySet().stream()
                            .map(form -> form.getKey() + "=" + form.getValue().hex())
                            .toList());
        }
    }

    @Test
    void shouldWriteTheFormsOfTheFormat() throws IOException {
        Map<String, String> written = new TreeMap<>();
        current().forEach((name, form) -> written.put(name, form.hex()));

        assertThat(written).as("a changed form needs another format").isEqualTo(committed());
    }

    /** Each form by who reads it. What is due has no value: its key says all. */
    @TestFactory
    List<DynamicTest> shouldReadItsFormatAndRefuseAnotherWithASentence() throws IOException {
        Map<String, Consumer<Form>> readers = readers();
        assertThat(readers).containsOnlyKeys(committed().keySet());
        return committed().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
                    Form form = Form.of(each.getValue());
                    Consumer<Form> reader = Objects.requireNonNull(readers.get(each.getKey()));

                    reader.accept(form);

                    if (!each.getKey().equals("due")) {
                        assertThatExceptionOfType(OtherFormatException.class)
                                .isThrownBy(() -> reader.accept(form.ofNextFormat()))
                                .withMessageEndingWith((" has the state format %d, and this version of Callweave reads"
                                                + " only %d. Start the version that wrote it; or, to change to this one, give"
                                                + " application.id and topics.prefix new values and replay.")
                                        .formatted(BinaryWriter.FORMAT + 1, BinaryWriter.FORMAT));
                    }
                }))
                .toList();
    }

    private static List<PutOffWork> waiting(Form form) {
        FairScheduler scheduler = new FairScheduler(storeOf(form), new ThreadTime(0), StepLimits.DEFAULT.timeless());
        assertThat(scheduler.isWaiting(SESSION.accountId())).isTrue();
        List<PutOffWork> all = new ArrayList<>();
        assertThat(scheduler.workOff((account, work) -> all.add(work))).isFalse();
        return all;
    }

    private static Map<String, Consumer<Form>> readers() {
        Map<String, Consumer<Form>> readers = new TreeMap<>();
        readers.put("routed", form -> {
            RepartitionMessage.Routed routed = (RepartitionMessage.Routed) message(form);
            assertThat(routed.sourcePartition()).isEqualTo(11);
            assertThat(routed.offset()).isEqualTo(HIGHEST_SEQUENCE);
            assertThat(routed.receivedAt()).isEqualTo(RECEIVED);
            assertThat(routed.headerAccount()).isEqualTo(SESSION.accountId());
            assertThat(routed.sentSource()).isEqualTo("käse.ndjson:17");
            assertThat(routed.key()).isEqualTo(KEY);
            assertThat(routed.value()).isEqualTo(VALUE);
        });
        readers.put("routed-unread", form -> {
            RepartitionMessage.Routed routed = (RepartitionMessage.Routed) message(form);
            assertThat(routed.unread()).isTrue();
            assertThat(routed.headerAccount()).isEqualTo(SESSION.accountId());
            assertThat(routed.key()).isEqualTo(KEY);
        });
        readers.put("routed-alone", form -> {
            RepartitionMessage.Routed routed = (RepartitionMessage.Routed) message(form);
            assertThat(routed.headerAccount()).isNull();
            assertThat(routed.sentSource()).isNull();
            assertThat(routed.key()).isNull();
            assertThat(routed.value()).isEqualTo(VALUE);
        });
        readers.put("mark", form -> assertThat(message(form)).isEqualTo(MARK));

        readers.put(
                "session-live",
                form -> assertThat(new SessionStore(storeOf(form)).state(SESSION))
                        .isEqualTo(LIVE));
        readers.put("session-settled", form -> {
            StoredSession session = new SessionStore(storeOf(form)).get(SESSION);
            assertThat(session.state().countedIn()).isEqualTo(SESSION.telephonySessionId());
            assertThat(session.state().emission()).isEqualTo(EMISSION);
            assertThat(session.state().countedOn()).isEqualTo(COUNTED_ON);
            assertThat(session.state().lastChange()).isEqualTo(RECEIVED + 2);
            assertThat(session.session().events()).containsExactly(SETUP, ANSWERED, HELD);
            assertHeld(session);
        });
        readers.put("session-settled-without-emission", form -> {
            StoredSession session = new SessionStore(storeOf(form)).get(SESSION);
            assertThat(session.state().countedIn()).isEqualTo("s-counted");
            assertThat(session.state().emission()).isNull();
            assertThat(session.session().events()).containsExactly(SETUP);
        });
        readers.put(
                "session-settled-with-json",
                form -> assertThat(
                                new SessionStore(storeOf(form)).state(SESSION).emission())
                        .isEqualTo(SUPERSEDED));
        readers.put(
                "session-closed",
                form -> assertThat(new SessionStore(storeOf(form)).state(SESSION))
                        .isEqualTo(SessionState.NEW
                                .closed(RECEIVED)
                                .tie("s-b", LIVE.tie("s-ü"))
                                .countedOn(COUNTED_ON)));

        readers.put(
                "session-with-later-facts",
                form -> assertThat(new SessionStore(storeOf(form)).state(SESSION))
                        .isEqualTo(LIVE.later(LATER)));

        readers.put(
                "session-with-log",
                form -> assertThat(new SessionStore(storeOf(form)).state(SESSION))
                        .isEqualTo(LIVE.later(LOGGED)));

        readers.put("event-out", form -> {
            StoredSession session = new SessionStore(withState(storeOf(form))).get(SESSION);
            assertThat(session.session().events()).containsExactly(ANSWERED);
            assertThat(session.sequence().isHolding()).isFalse();
            assertThat(session.state().lastChange()).isEqualTo(RECEIVED + 1);
        });
        readers.put("event-held", form -> {
            StoredSession session = new SessionStore(withState(storeOf(form))).get(SESSION);
            assertThat(session.session().events()).containsExactly(HELD);
            assertHeld(session);
        });
        readers.put("events", form -> {
            StoredSession session = new SessionStore(withState(storeOf(form))).get(SESSION);
            assertThat(session.session().events()).containsExactly(ANSWERED, HELD);
            assertThat(session.state().lastChange()).isEqualTo(RECEIVED + 2);
            assertHeld(session);
        });

        readers.put(
                "holding",
                form -> assertThat(new GapQueue(storeOf(form)).due(300, 0)).isEqualTo(SESSION));
        readers.put(
                "clock-entry",
                form -> assertThat(new Watermark(storeOf(form)).now()).isEqualTo(RECEIVED));
        readers.put(
                "clock-now",
                form -> assertThat(new Watermark(storeOf(form)).now()).isEqualTo(RECEIVED));
        readers.put("epoch", form -> assertThat(Epoch.of(storeOf(form), 1)).isEqualTo(RECEIVED));
        readers.put(
                "due",
                form -> assertThat(due(storeOf(form), RECEIVED)).containsExactly(new DueQueue.Due(RECEIVED, SESSION)));
        readers.put(
                "waiting-notification",
                form -> assertThat(waiting(form)).singleElement().satisfies(work -> {
                    PutOffWork.Notification notification = (PutOffWork.Notification) work;
                    assertThat(notification.receivedAt()).isEqualTo(RECEIVED + 1);
                    assertThat(notification.routed().offset()).isEqualTo(17);
                    assertThat(notification.routed().value()).containsExactly(2);
                }));
        readers.put(
                "waiting-entry",
                form -> assertThat(waiting(form))
                        .containsExactly(new PutOffWork.Entry(new DueQueue.Due(RECEIVED, SESSION))));
        readers.put("due-position", form -> {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            store.put(StoreKeys.due(RECEIVED - 1, SESSION), new byte[] {1});
            store.put(StoreKeys.due(RECEIVED + 1, SESSION), new byte[] {1});
            assertThat(due(store, Long.MAX_VALUE))
                    .as("what lies before the position is not looked for")
                    .containsExactly(new DueQueue.Due(RECEIVED + 1, SESSION));
        });

        readers.put("window", form -> {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            Form page = Objects.requireNonNull(current().get("window-page-beside-others"));
            store.put(page.key(), page.value().get());
            WindowAggregate window = StoredWindows.of(store, WINDOW);
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
        });
        readers.put("window-page", form -> {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            assertThat(StoredWindows.of(store, WINDOW).figure(Figure.TALK).largest(0))
                    .isEqualTo(300);
            assertThat(StoredWindows.of(store, DAY).count(Count.CALLS)).isEqualTo(2);
        });
        readers.put("window-page-beside-others", StoreFormatTest::assertSaysWhichAreAlone);
        readers.put("counted-on", form -> {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            long day = WindowStore.dayOf(RECEIVED);
            assertThat(new CountedCallStore(store).get(SESSION.accountId(), SESSION.telephonySessionId(), day))
                    .isEqualTo(COUNTED);
            assertThat(StoredWindows.drop(store, SESSION.accountId(), day)).isEqualTo(1);
            assertThat(store.all()).isExhausted();
        });
        readers.put(
                "window-note",
                form -> assertThat(new WindowNotes(storeOf(form)).read())
                        .containsExactly(
                                new WindowNotes.Unsent(WINDOW, RECEIVED), new WindowNotes.Unsent(DAY, RECEIVED + 1)));
        readers.put("window-day", form -> {
            KeyValueStore<Bytes, byte[]> store = storeOf(form);
            assertThat(new WindowDays(store, StoredWindows.table(store), 1_000)
                            .isGone(SESSION.accountId(), WindowStore.dayOf(RECEIVED)))
                    .isTrue();
        });
        return readers;
    }

    private static void assertHeld(StoredSession session) {
        assertThat(session.sequence().heldSince()).isEqualTo(RECEIVED + 2);
        assertThat(session.sequence().held(HELD.place()).body().text())
                .isEqualTo(HELD.body().text());
    }

    private static void assertSaysWhichAreAlone(Form form) {
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

    private static List<DueQueue.Due> due(KeyValueStore<Bytes, byte[]> store, long now) {
        List<DueQueue.Due> due = new ArrayList<>();
        new DueQueue(store).processDue(now, StepLimits.DEFAULT.timeless().begin(), due::add);
        return due;
    }

    private static Map<String, String> committed() throws IOException {
        Map<String, String> forms = new TreeMap<>();
        for (String line : Files.readAllLines(FORMS)) {
            String[] form = line.split("=", 2);
            forms.put(form[0], form[1]);
        }
        return forms;
    }

    /** All forms as they are written today, by a name. */
    private static Map<String, Form> current() {
        Map<String, Form> forms = new TreeMap<>();
        forms.put(
                "routed",
                written(new RepartitionMessage.Routed(
                        11,
                        HIGHEST_SEQUENCE,
                        RECEIVED,
                        "not sent",
                        false,
                        SESSION.accountId(),
                        "käse.ndjson:17",
                        KEY,
                        VALUE)));
        forms.put(
                "routed-alone",
                written(new RepartitionMessage.Routed(11, 7, RECEIVED, "not sent", false, null, null, null, VALUE)));
        forms.put(
                "routed-unread",
                written(new RepartitionMessage.Routed(
                        11, 7, RECEIVED, "not sent", true, SESSION.accountId(), null, KEY, VALUE)));
        forms.put("mark", written(MARK));

        forms.put("session-live", ofSession(store(), sessions -> sessions.putState(SESSION, LIVE)));
        forms.put(
                "session-with-later-facts",
                ofSession(store(), sessions -> sessions.putState(SESSION, LIVE.later(LATER))));
        forms.put("session-with-log", ofSession(store(), sessions -> sessions.putState(SESSION, LIVE.later(LOGGED))));
        forms.put("session-settled", ofSession(store(), sessions -> {
            sessions.add(sessions.get(SESSION), SETUP, RECEIVED, 17, false);
            sessions.settle(sessions.get(SESSION), SESSION.telephonySessionId());
            sessions.add(sessions.get(SESSION), ANSWERED, RECEIVED + 1, 18, false);
            sessions.get(SESSION).sequence().arrive(HELD, RECEIVED + 2);
            sessions.add(sessions.get(SESSION), HELD, RECEIVED + 2, 19, false);
            sessions.putState(
                    SESSION, sessions.state(SESSION).emission(EMISSION).countedOn(COUNTED_ON));
        }));
        forms.put("session-settled-without-emission", ofSession(store(), sessions -> {
            sessions.add(sessions.get(SESSION), SETUP, RECEIVED, 17, false);
            sessions.settle(sessions.get(SESSION), "s-counted");
        }));
        forms.put("session-settled-with-json", ofSession(store(), sessions -> {
            sessions.add(sessions.get(SESSION), SETUP, RECEIVED, 17, false);
            sessions.settle(sessions.get(SESSION), "s-2");
            sessions.putState(SESSION, sessions.state(SESSION).emission(SUPERSEDED));
        }));
        forms.put("session-closed", ofSession(store(), sessions -> {
            sessions.add(sessions.get(SESSION), ANSWERED, RECEIVED, 17, false);
            sessions.putState(new SessionKey(SESSION.accountId(), "s-b"), LIVE);
            sessions.putState(
                    SESSION, sessions.state(SESSION).tie("s-b", LIVE.tie("s-ü")).countedOn(COUNTED_ON));
            sessions.close(SESSION, RECEIVED);
        }));

        forms.put("event-out", slotOf(sessions -> out(sessions, 17)));
        forms.put("event-held", slotOf(sessions -> held(sessions, 17)));
        forms.put("events", slotOf(sessions -> {
            out(sessions, 17);
            held(sessions, 18);
        }));

        KeyValueStore<Bytes, byte[]> holding = store();
        GapQueue gaps = new GapQueue(holding);
        gaps.hold(SESSION, 300, RECEIVED);
        gaps.write();
        forms.put("holding", only(holding, StoreKeys.Kind.HOLDING));

        KeyValueStore<Bytes, byte[]> clock = store();
        new Watermark(clock).mark(RepartitionMessage.Mark.of(0, 1, RECEIVED));
        forms.put("clock-entry", only(clock, StoreKeys.Kind.CLOCK));

        KeyValueStore<Bytes, byte[]> now = store();
        Watermark kept = new Watermark(now);
        kept.mark(RepartitionMessage.Mark.of(0, 1, RECEIVED));
        kept.keep();
        forms.put("clock-now", only(now, StoreKeys.Kind.NOW));

        KeyValueStore<Bytes, byte[]> epoch = store();
        assertThat(Epoch.of(epoch, RECEIVED)).isEqualTo(RECEIVED);
        forms.put("epoch", only(epoch, StoreKeys.Kind.EPOCH));

        KeyValueStore<Bytes, byte[]> due = store();
        new DueQueue(due).add(RECEIVED, SESSION);
        forms.put("due", only(due, StoreKeys.Kind.DUE));
        forms.put("due-position", only(workedOff(), StoreKeys.Kind.POSITION));

        KeyValueStore<Bytes, byte[]> notification = store();
        notification.put(
                StoreKeys.waiting(SESSION.accountId(), 3),
                new PutOffWork.Notification(
                                RECEIVED + 1,
                                new RepartitionMessage.Routed(
                                        2,
                                        17,
                                        RECEIVED,
                                        "",
                                        true,
                                        SESSION.accountId(),
                                        null,
                                        new byte[] {1},
                                        new byte[] {2}))
                        .bytes());
        forms.put("waiting-notification", only(notification, StoreKeys.Kind.WAITING));
        KeyValueStore<Bytes, byte[]> entry = store();
        entry.put(
                StoreKeys.waiting(SESSION.accountId(), 4),
                new PutOffWork.Entry(new DueQueue.Due(RECEIVED, SESSION)).bytes());
        forms.put("waiting-entry", only(entry, StoreKeys.Kind.WAITING));

        forms.put("window", only(windowStore(), StoreKeys.Kind.WINDOW));
        KeyValueStore<Bytes, byte[]> counted = store();
        new CountedCallStore(counted).put(SESSION.accountId(), SESSION.telephonySessionId(), COUNTED);
        forms.put("counted-on", only(counted, StoreKeys.Kind.COUNTED_ON));
        KeyValueStore<Bytes, byte[]> together = store();
        StoredWindows.putTogether(
                together,
                new StoredWindows.Held(WINDOW, WHOLE, 1, RECEIVED),
                new StoredWindows.Held(DAY, WHOLE, 2, RECEIVED + 1));
        forms.put("window-page", only(together, StoreKeys.Kind.PAGE));
        KeyValueStore<Bytes, byte[]> beside = store();
        StoredWindows.putBeside(beside, new StoredWindows.Held(DAY, WHOLE, 2, RECEIVED), WINDOW);
        forms.put("window-page-beside-others", only(beside, StoreKeys.Kind.PAGE));
        forms.put("window-note", only(together, StoreKeys.Kind.NOTE));
        forms.put("window-day", only(goneDay(), StoreKeys.Kind.DAY));
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
        new CountedCallStore(store).put(SESSION.accountId(), SESSION.telephonySessionId(), COUNTED);
        WindowDays days = new WindowDays(store, StoredWindows.table(store), 1_000);
        days.touch(SESSION.accountId(), WindowStore.dayOf(RECEIVED), RECEIVED);
        days.processDue(RECEIVED + 2_000, (account, day) -> false);
        return store;
    }

    /** The value of the session after this, and what it left in the store beside it. */
    private static Form ofSession(KeyValueStore<Bytes, byte[]> store, Consumer<SessionStore> steps) {
        SessionStore sessions = new SessionStore(store);
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
        DueQueue queue = new DueQueue(store);
        for (int i = 1_000; i < 1_000 + DueQueue.POSITION_EVERY; i++) {
            queue.add(RECEIVED, new SessionKey(SESSION.accountId(), "s-" + i));
        }
        queue.processDue(RECEIVED, StepLimits.DEFAULT.timeless().begin(), entry -> {});
        return store;
    }

    private static Form written(RepartitionMessage message) {
        return new Form(null, Bytes.wrap(RepartitionMessage.serde().serializer().serialize("routed", message)));
    }

    private static RouterOutput message(Form form) {
        return RepartitionMessage.serde()
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
        LIVE.write(value);
        store.put(StoreKeys.session(StoreKeys.Kind.STATE, SESSION), value.bytes());
        return store;
    }
}
