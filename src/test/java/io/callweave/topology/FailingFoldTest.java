package io.callweave.topology;

import static io.callweave.simulation.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.CallRecord;
import io.callweave.call.CallRules;
import io.callweave.call.CompletionReason;
import io.callweave.call.PartyEvent;
import io.callweave.directory.DirectoryEntry;
import io.callweave.notification.NotificationReader;
import io.callweave.schema.StrictSchemas;
import io.callweave.simulation.Notification;
import io.callweave.simulation.PhoneCall;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that cannot be folded: what can be saved of it is given out, and all other calls go on. */
class FailingFoldTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall CALL =
            call().inbound(CUSTOMER).answeredBy("104").hangUp();
    private static final PhoneCall OTHER =
            call().seeded(2).inbound(CUSTOMER).answeredBy("105").hangUp();
    private static final String CALL_ID = CALL.telephonySessionIds().get(0);
    private static final long START = 1_000_000;

    /** Of every extension. */
    private static final Directory NAMES = (account, extension) ->
            new DirectoryEntry(account, extension, "Name of " + extension, "user", "Berlin", "Sales", "Europe/Berlin");

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory(StoreNames.SESSIONS);
    private final KeyValueStore<Bytes, byte[]> ledger = TestStores.inMemory(StoreNames.CALL_LEDGER);
    private final DueQueue due = new DueQueue(TestStores.inMemory(StoreNames.CALL_DUE));
    private final WindowDesk windows = new WindowDesk(
            TestStores.inMemory(StoreNames.WINDOWS),
            Directory.NONE,
            WindowOptions.DEFAULT,
            TopologyMetrics.unexported(),
            Long.MIN_VALUE);
    private final CallDesk desk = desk();
    private final Set<String> broken = new HashSet<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream err = System.err;
    private long now = START;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(err);
    }

    @Test
    void shouldGiveOutTheSessionsOfACallThatNeverCouldBeFolded() {
        broken.add(CALL_ID);

        List<Stage2Output> out = accept(CALL.notifications());

        assertThat(emissions(out)).singleElement().satisfies(emission -> {
            ObjectNode record = tree(emission);
            assertThat(emission.revision()).isEqualTo(1);
            assertThat(record.path("callId").asText()).isEqualTo(CALL_ID);
            assertThat(record.path("status").asText()).isEqualTo("partial");
            assertThat(reasons(record)).containsExactly("internalError");
            assertThat(record.path("sessions")).hasSize(1);
            assertThat(record.at("/sessions/0/partyEvents").asInt())
                    .isEqualTo(CALL.notifications().size());
            assertThat(record.path("parties")).isEmpty();
        });
    }

    @Test
    void shouldGiveOutTheLastGoodRecordOfACallThatCanBeFoldedNoMore() {
        ObjectNode good = tree(emissions(accept(CALL.notifications())).get(0));
        broken.add(CALL_ID);

        List<Stage2Output> out = accept(List.of(another(1)));

        assertThat(emissions(out)).singleElement().satisfies(emission -> {
            ObjectNode record = tree(emission);
            assertThat(emission.revision()).isEqualTo(2);
            assertThat(emission.reason()).isEqualTo(CompletionReason.REVISED);
            assertThat(record.path("status").asText()).isEqualTo("partial");
            assertThat(reasons(record)).containsExactly("internalError");
            good.put("revision", 2)
                    .put("status", "partial")
                    .putArray("incomplete")
                    .add("internalError");
            assertThat(record).isEqualTo(good);
        });
    }

    /** Nobody is to bill on a party whose call is not complete any more. */
    @Test
    void shouldSayInTheRowsOfItsPartiesThatTheCallIsPartial() {
        for (PhoneCall call : List.of(
                call().inbound(CUSTOMER).answeredBy("104").transferredTo("106").hangUp(),
                call().seeded(3)
                        .inbound(CUSTOMER)
                        .queue("Sales", "104", "105")
                        .answeredBy("105")
                        .hangUp(),
                call().seeded(4)
                        .inbound(CUSTOMER)
                        .answeredBy("104")
                        .attendedTransferTo("106")
                        .hangUp())) {
            Map<String, ObjectNode> good = rows(accept(call.notifications()));
            assertThat(good).isNotEmpty();
            broken.add(call.telephonySessionIds().get(0));

            Map<String, ObjectNode> failed = rows(accept(List.of(another(call, 1))));

            good.values()
                    .forEach(row -> row.put("callStatus", "partial")
                            .put("revision", row.path("revision").asInt() + 1));
            assertThat(failed).isEqualTo(good);
        }
    }

    @Test
    void shouldNotSayTheSameAgainWithEveryFurtherEvent() {
        accept(CALL.notifications());
        broken.add(CALL_ID);
        accept(List.of(another(1)));

        List<Stage2Output> out = accept(List.of(another(2), another(3)));

        assertThat(emissions(out)).isEmpty();
        assertThat(rows(out)).isEmpty();
    }

    @Test
    void shouldGiveOutTheRecordWhenTheCallCanBeFoldedAgain() {
        accept(CALL.notifications().subList(0, CALL.notifications().size() - 1));
        broken.add(CALL_ID);
        accept(CALL.notifications()
                .subList(CALL.notifications().size() - 1, CALL.notifications().size()));
        broken.clear();

        List<Stage2Output> out = accept(List.of(another(1)));

        assertThat(emissions(out)).singleElement().satisfies(emission -> {
            assertThat(emission.revision()).isEqualTo(2);
            assertThat(reasons(tree(emission))).containsExactly("sequenceGap");
            assertThat(tree(emission).path("parties")).hasSize(2);
        });
    }

    @Test
    void shouldTakeTheCallBackFromTheLiveOnes() {
        broken.add(CALL_ID);

        List<Stage2Output> out = accept(CALL.notifications());

        List<Stage2Output.LiveUpdate> live = out.stream()
                .filter(Stage2Output.LiveUpdate.class::isInstance)
                .map(Stage2Output.LiveUpdate.class::cast)
                .toList();
        assertThat(live).isNotEmpty();
        assertThat(live.get(live.size() - 1).json()).isNull();
        assertThat(TestStores.count(store, StoreKeys.Kind.LIVE)).isZero();
    }

    @Test
    void shouldNotTouchOtherCalls() {
        broken.add(CALL_ID);
        List<Notification> mixed = new ArrayList<>();
        for (int i = 0; i < CALL.notifications().size(); i++) {
            mixed.add(CALL.notifications().get(i));
            mixed.add(OTHER.notifications().get(i));
        }

        List<Stage2Output> out = accept(mixed);

        assertThat(emissions(out))
                .filteredOn(emission ->
                        emission.callId().equals(OTHER.telephonySessionIds().get(0)))
                .singleElement()
                .satisfies(emission -> assertThat(new String(emission.json(), UTF_8))
                        .isEqualTo(AssembledCalls.of(OTHER.notifications())
                                .get(Stage2Output.callKey(emission.accountId(), emission.callId()))));
    }

    @Test
    void shouldCloseTheCallAfterTheLateWindowLikeAnyOther() {
        broken.add(CALL_ID);
        accept(CALL.notifications());

        now += Timing.DEFAULT.lateWindow();
        workOffDue();

        assertThat(TestStores.count(store, StoreKeys.Kind.EVENT)).isZero();
        assertThat(TestStores.count(store, StoreKeys.Kind.STATE)).isEqualTo(1);
        assertThat(TestStores.count(ledger, StoreKeys.Kind.LEDGER)).isZero();
    }

    @Test
    void shouldLogWhatFailedButNobodysNumber() {
        broken.add(CALL_ID);

        accept(CALL.notifications());

        assertThat(log.toString(UTF_8))
                .containsOnlyOnce("ERROR CallDesk - A call cannot be folded; its record says internalError.")
                .containsOnlyOnce("java.lang.IllegalStateException: on purpose")
                .doesNotContain(CUSTOMER, "+1555");
    }

    private CallDesk desk() {
        SessionStore sessions = new SessionStore(store);
        return new CallDesk(
                sessions,
                new Emitter(
                        sessions,
                        new CallLedger(ledger),
                        windows,
                        NAMES,
                        CallRules.DEFAULT,
                        Limits.DEFAULT.recordBytes(),
                        (folded, rules) -> {
                            if (broken.contains(folded.callId())) {
                                throw new IllegalStateException("on purpose");
                            }
                            return CallRecord.of(folded, rules);
                        }),
                new LiveCalls(
                        sessions,
                        store,
                        CallRules.DEFAULT,
                        Timing.DEFAULT.liveInterval(),
                        Limits.DEFAULT.recordBytes()),
                due,
                CallRules.DEFAULT,
                Timing.DEFAULT,
                Limits.DEFAULT);
    }

    private List<Stage2Output> accept(List<Notification> notifications) {
        List<Stage2Output> out = new ArrayList<>();
        for (Notification notification : notifications) {
            now++;
            PartyEvent event =
                    new NotificationReader().read(notification.bytes()).events().get(0);
            HopMessage.Event message =
                    new HopMessage.Event(0, event.session(), event.sequence(), now, event.body(), null);
            out.addAll(desk.accept(event, message, now, now));
        }
        return out;
    }

    private void workOffDue() {
        due.workOff(now, 100, entry -> desk.due(entry, now));
    }

    private static List<Stage2Output.CallEmission> emissions(List<Stage2Output> out) {
        return out.stream()
                .filter(Stage2Output.CallEmission.class::isInstance)
                .map(Stage2Output.CallEmission.class::cast)
                .peek(emission -> StrictSchemas.assertValue("calls", new String(emission.json(), UTF_8)))
                .toList();
    }

    /** The last row under each key. */
    private static Map<String, ObjectNode> rows(List<Stage2Output> out) {
        Map<String, ObjectNode> rows = new TreeMap<>();
        for (Stage2Output one : out) {
            if (one instanceof Stage2Output.PartyRow row) {
                String json = new String(row.json(), UTF_8);
                StrictSchemas.assertValue("party-metrics", json);
                rows.put(row.key(), TopologyKit.tree(json));
            }
        }
        return rows;
    }

    private static ObjectNode tree(Stage2Output.CallEmission emission) {
        return TopologyKit.tree(new String(emission.json(), UTF_8));
    }

    private static List<String> reasons(ObjectNode record) {
        List<String> reasons = new ArrayList<>();
        record.path("incomplete").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }

    /** An event that the call did not have, with a gap before it. */
    private static Notification another(int number) {
        return another(CALL, number);
    }

    private static Notification another(PhoneCall call, int number) {
        Notification last = call.notifications().get(call.notifications().size() - 1);
        return TopologyKit.edited(last, tree -> TopologyKit.body(tree).put("sequence", last.sequence() + 10 + number));
    }
}
