package io.callweave.topology.calls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.completion.CompletionReason;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.notification.NotificationReader;
import io.callweave.schema.StrictSchemas;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topology.AccountStage;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.state.TestStores;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import io.callweave.topology.windows.WindowOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that cannot be folded: what can be saved of it is given out, and all other calls go on. */
public class FailingFoldTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall CALL =
            call().inbound(CUSTOMER).answeredBy("104").hangUp();
    private static final PhoneCall OTHER =
            call().seeded(2).inbound(CUSTOMER).answeredBy("105").hangUp();
    private static final String CALL_ID = CALL.telephonySessionIds().get(0);
    private static final long START = 1_000_000;
    private static final long EPOCH = 7;

    /** Of every extension. */
    private static final Directory NAMES = (account, extension) ->
            new DirectoryEntry(account, extension, "Name of " + extension, "user", "Berlin", "Sales", "Europe/Berlin");

    private final KeyValueStore<Bytes, byte[]> store = TestStores.inMemory(StoreNames.CALLS);
    private final KeyValueStore<Bytes, byte[]> due = TestStores.inMemory(StoreNames.CALL_DUE);
    private final WindowAggregator windows = new WindowAggregator(
            TestStores.inMemory(StoreNames.WINDOWS),
            Directory.NONE,
            WindowOptions.DEFAULT,
            TopologyMetrics.unexported(),
            Long.MIN_VALUE,
            EPOCH);
    private final AccountStage stage = stage();

    /** From how many events on calls cannot be folded, by their ids. */
    private final Map<String, Integer> broken = new HashMap<>();

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
        broken.put(CALL_ID, 0);

        List<StageOutput> out = accept(CALL.notifications());

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
        broken.put(CALL_ID, CALL.notifications().size() + 1);

        List<StageOutput> out = accept(List.of(another(1)));

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
            broken.put(call.telephonySessionIds().get(0), call.notifications().size() + 1);

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
        broken.put(CALL_ID, CALL.notifications().size() + 1);
        accept(List.of(another(1)));

        List<StageOutput> out = accept(List.of(another(2), another(3)));

        assertThat(emissions(out)).isEmpty();
        assertThat(rows(out)).isEmpty();
    }

    @Test
    void shouldGiveOutTheRecordWhenTheCallCanBeFoldedAgain() {
        accept(CALL.notifications().subList(0, CALL.notifications().size() - 1));
        broken.put(CALL_ID, 0);
        accept(CALL.notifications()
                .subList(CALL.notifications().size() - 1, CALL.notifications().size()));
        broken.clear();

        List<StageOutput> out = accept(List.of(another(1)));

        assertThat(emissions(out)).singleElement().satisfies(emission -> {
            assertThat(emission.revision()).isEqualTo(2);
            assertThat(reasons(tree(emission))).containsExactly("sequenceGap");
            assertThat(tree(emission).path("parties")).hasSize(2);
        });
    }

    @Test
    void shouldTakeTheCallBackFromTheLiveOnes() {
        broken.put(CALL_ID, 0);

        List<StageOutput> out = accept(CALL.notifications());

        List<StageOutput.LiveUpdate> live = out.stream()
                .filter(StageOutput.LiveUpdate.class::isInstance)
                .map(StageOutput.LiveUpdate.class::cast)
                .toList();
        assertThat(live).isNotEmpty();
        assertThat(live.get(live.size() - 1).json()).isNull();
        assertThat(stage.live().calls()).isZero();
    }

    @Test
    void shouldNotTouchOtherCalls() {
        broken.put(CALL_ID, 0);
        List<Notification> mixed = new ArrayList<>();
        for (int i = 0; i < CALL.notifications().size(); i++) {
            mixed.add(CALL.notifications().get(i));
            mixed.add(OTHER.notifications().get(i));
        }

        List<StageOutput> out = accept(mixed);

        assertThat(emissions(out))
                .filteredOn(emission ->
                        emission.callId().equals(OTHER.telephonySessionIds().get(0)))
                .singleElement()
                .satisfies(emission -> assertThat(
                                new String(emission.json(), UTF_8).replace("\"epoch\":" + EPOCH, "\"epoch\":0"))
                        .isEqualTo(AssembledCalls.of(OTHER.notifications())
                                .get(StageOutput.callKey(emission.accountId(), emission.callId()))));
    }

    @Test
    void shouldCloseTheCallAfterTheLateWindowLikeAnyOther() {
        broken.put(CALL_ID, 0);
        accept(CALL.notifications());

        now += CallOptions.DEFAULT.lateWindow().toMillis();
        workOffDue();

        StoredSession session =
                stage.sessions().get(new SessionKey(CALL.account().id(), CALL_ID));
        assertThat(session.state().closed()).isTrue();
        assertThat(session.state().emission()).isNull();
        assertThat(session.session().isEmpty()).isTrue();
    }

    @Test
    void shouldLogWhatFailedButNobodysNumber() {
        broken.put(CALL_ID, 0);

        accept(CALL.notifications());

        assertThat(log.toString(UTF_8))
                .containsOnlyOnce("ERROR CallTracker - A call cannot be folded; its record says internalError.")
                .containsOnlyOnce("java.lang.IllegalStateException: on purpose")
                .doesNotContain(CUSTOMER, "+1555");
    }

    private AccountStage stage() {
        return new AccountStage(store, due, windows, NAMES, CallOptions.DEFAULT, EPOCH, (folded, rules) -> {
            CallRecord record = CallRecord.of(folded, rules);
            int events = record.sessions().stream()
                    .mapToInt(SessionRecord::partyEvents)
                    .sum();
            if (events >= broken.getOrDefault(folded.callId(), Integer.MAX_VALUE)) {
                throw new IllegalStateException("on purpose");
            }
            return record;
        });
    }

    private List<StageOutput> accept(List<Notification> notifications) {
        List<StageOutput> out = new ArrayList<>();
        for (Notification notification : notifications) {
            now++;
            List<PartyEvent> events =
                    new NotificationReader().read(notification.bytes()).events();
            out.addAll(stage.accept(events, 0, now, now, now, now).out());
            stage.flush();
        }
        return out;
    }

    private void workOffDue() {
        stage.processDue(now, StepLimits.DEFAULT.begin(), entry -> stage.due(entry, now, now));
        stage.flush();
    }

    private static List<StageOutput.CallEmission> emissions(List<StageOutput> out) {
        return out.stream()
                .filter(StageOutput.CallEmission.class::isInstance)
                .map(StageOutput.CallEmission.class::cast)
                .peek(emission -> StrictSchemas.assertValue("calls", new String(emission.json(), UTF_8)))
                .toList();
    }

    /** The last row under each key. */
    private static Map<String, ObjectNode> rows(List<StageOutput> out) {
        Map<String, ObjectNode> rows = new TreeMap<>();
        for (StageOutput one : out) {
            if (one instanceof StageOutput.PartyRow row) {
                String json = new String(row.json(), UTF_8);
                StrictSchemas.assertValue("party-metrics", json);
                rows.put(row.key(), TopologyKit.tree(json));
            }
        }
        return rows;
    }

    private static ObjectNode tree(StageOutput.CallEmission emission) {
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
