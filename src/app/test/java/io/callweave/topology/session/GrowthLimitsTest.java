package io.callweave.topology.session;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static io.callweave.topology.TopologyKit.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.CallLimits;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topology.RestartedStage;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.state.StoreKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that grows beyond all limits says so in its record, and the others go on. */
class GrowthLimitsTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall CALL =
            call().inbound(CUSTOMER).answeredBy("104").hangUp();
    private static final PhoneCall OTHER =
            call().seeded(2).inbound(CUSTOMER).answeredBy("105").hangUp();
    private static final PhoneCall TRANSFER =
            call().inbound(CUSTOMER).answeredBy("104").attendedTransferTo("106").hangUp();
    private static final int SIZE = CALL.notifications().size();

    @Test
    void shouldKeepNoMoreEventsOfASessionThanTheLimit() {
        try (TopologyKit kit = kit(new CallLimits(SIZE, 100, 5_000, 1 << 20))) {
            kit.receive(CALL);
            assertThat(kit.summaries()).containsExactly(key(CALL, 0) + " 1 complete over");

            kit.receive(more(CALL, 20)).receive(OTHER).passUntilNothingWaits();

            Map<String, JsonNode> records = records(kit);
            assertThat(reasons(records.get(key(CALL, 0)))).containsExactly("capped");
            assertThat(records.get(key(CALL, 0)).at("/sessions/0/partyEvents").asInt())
                    .isEqualTo(SIZE);
            assertThat(records.get(key(CALL, 0)).path("status").asText()).isEqualTo("partial");
            assertThat(reasons(records.get(key(OTHER, 0)))).isEmpty();
            assertThat(kit.keptEvents()).isEqualTo(2 * SIZE);
            assertThat(kit.deadLetters()).isEmpty();
        }
    }

    @Test
    void shouldStillReplaceABodyOfAFullSession() {
        try (TopologyKit kit = kit(new CallLimits(SIZE, 100, 5_000, 1 << 20))) {
            Notification last = CALL.notifications().get(SIZE - 1);
            kit.receive(CALL).emitted();

            kit.receive(TopologyKit.edited(
                    last, tree -> TopologyKit.party(tree).putObject("from").put("phoneNumber", "+19990000000")));

            assertThat(kit.emitted()).singleElement().satisfies(emission -> {
                assertThat(emission.status()).isEqualTo("complete");
                assertThat(emission.json()).contains("+19990000000");
            });
        }
    }

    /** A restart leaves nothing in memory. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldReplaceNoBodyOnceSomethingWasLeftOut(boolean restarted) {
        CallLimits limits = new CallLimits(SIZE, 100, 5_000, 1 << 20);
        RestartedStage stage = new RestartedStage();
        stage.restart(limits);
        CALL.notifications().forEach(each -> stage.receive(each.bytes()));
        more(CALL, 1).forEach(each -> stage.receive(each.bytes()));
        stage.pass(60_000);
        assertThat(stage.takenCalls()).isNotEmpty();
        if (restarted) {
            stage.restart(limits);
        }

        Notification last = CALL.notifications().get(SIZE - 1);
        stage.receive(TopologyKit.edited(
                        last, tree -> TopologyKit.party(tree).putObject("from").put("phoneNumber", "+19990000000"))
                .bytes());
        stage.pass(60_000);

        assertThat(stage.takenCalls()).isEmpty();
    }

    @Test
    void shouldGiveOutNoMorePartyEventsOfASessionThanItsLimit() {
        try (TopologyKit kit = kit(new CallLimits(SIZE, 100, 5_000, 1 << 20))) {
            kit.receive(CALL).receive(more(CALL, 20)).passUntilNothingWaits();

            assertThat(kit.partyEvents()).hasSize(SIZE);
        }
    }

    @Test
    void shouldKeepNoMoreEventsOfACallThanTheLimit() {
        int most = TRANSFER.notifications().size() - 2;
        try (TopologyKit kit = kit(new CallLimits(2_000, 100, most, 1 << 20))) {
            kit.receive(TRANSFER).receive(OTHER).passUntilNothingWaits();

            Map<String, JsonNode> records = records(kit);
            assertThat(reasons(records.get(key(TRANSFER, 0)))).contains("capped");
            assertThat(reasons(records.get(key(OTHER, 0)))).isEmpty();
            assertThat(kit.keptEvents()).isEqualTo(most + OTHER.notifications().size());
        }
    }

    @Test
    void shouldSayThatACallIsCappedWhoseNextSessionDoesNotFitAtAll() {
        List<Notification> hub = hub(3);
        try (TopologyKit kit = kit(new CallLimits(2_000, 100, hub.size() + 1, 1 << 20))) {
            kit.receive(hub);
            kit.receive(spoke(0, 2)).receive(spoke(1, 2)).receive(spoke(2, 2));
            kit.passUntilNothingWaits();

            Map<String, JsonNode> records = records(kit);
            assertThat(records).hasSize(1);
            assertThat(reasons(records.values().iterator().next())).contains("capped");
        }
    }

    @Test
    void shouldJoinNoMoreSessionsThanTheLimit() {
        try (TopologyKit kit = kit(new CallLimits(2_000, 3, 5_000, 1 << 20))) {
            List<Notification> spokes = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                spokes.add(naming(spoke(i, 2), CALL.telephonySessionIds().get(0)));
            }

            kit.receive(CALL).receive(spokes).receive(OTHER).passUntilNothingWaits();

            Map<String, JsonNode> records = records(kit);
            JsonNode hub = records.get(key(CALL, 0));
            assertThat(hub.path("sessions")).hasSize(3);
            assertThat(reasons(hub)).contains("capped");
            assertThat(records).hasSize(1 + 8 + 1);
            assertThat(records.values().stream()
                            .filter(record -> reasons(record).contains("capped")))
                    .hasSize(1 + 8);
            assertThat(reasons(records.get(key(OTHER, 0)))).isEmpty();
            assertThat(kit.fold().sessionsCountedTwice()).isEmpty();
        }
    }

    /** As long as a supervisor's session names others, they are not one call; each of its bodies can be replaced by a greater one. */
    @Test
    void shouldJoinNoMoreSessionsThanTheLimitWhenASupervisionIsTakenBack() {
        try (TopologyKit kit = kit(new CallLimits(2_000, 3, 5_000, 1 << 20))) {
            for (int i = 0; i < 6; i++) {
                Notification supervises = spoke(9, 2 + i);
                kit.receive(naming(supervises, "s-spoke" + i, "Supervising"));
                kit.receive(naming(spoke(i, 2), "s-spoke9"));
            }
            for (int i = 0; i < 6; i++) {
                for (int length = 1; length <= 10; length++) {
                    String text = "x".repeat(length);
                    kit.receive(TopologyKit.edited(
                            spoke(9, 2 + i), tree -> TopologyKit.body(tree).put("more", text)));
                }
            }
            kit.passUntilNothingWaits();

            assertThat(records(kit).values())
                    .anySatisfy(record -> assertThat(record.path("sessions")).hasSize(3))
                    .anySatisfy(record -> assertThat(reasons(record)).contains("capped"))
                    .allSatisfy(record -> assertThat(record.path("sessions")).hasSizeLessThanOrEqualTo(3));
        }
    }

    /** A supervisor's session ends before the calls that it heard, which have then nothing to do with each other either. */
    @Test
    void shouldNotJoinWhatASupervisorHeardWhenItsSessionIsDropped() {
        try (TopologyKit kit = kit(CallLimits.DEFAULT)) {
            kit.receive(naming(spoke(9, 2), "s-spoke0", "Supervising"))
                    .receive(naming(spoke(9, 3), "s-spoke1", "Supervising"))
                    .receive(naming(spoke(0, 2), "s-spoke9"))
                    .receive(naming(spoke(1, 2), "s-spoke9"));
            kit.pass(Duration.ofHours(20)).receive(spoke(0, 3)).receive(spoke(1, 3));
            kit.pass(Duration.ofHours(5)).receive(spoke(0, 4)).receive(spoke(1, 4));
            kit.passUntilNothingWaits();

            assertThat(records(kit))
                    .hasSize(3)
                    .allSatisfy(
                            (key, record) -> assertThat(record.path("sessions")).hasSize(1));

            kit.pass(Duration.ofDays(60));
            kit.pass(Duration.ofDays(60));
            assertThat(kit.entries(StoreNames.CALLS, StoreKeys.Kind.STATE)).isZero();
        }
    }

    @Test
    void shouldLeaveOutThePartiesOfARecordThatWouldBeTooLarge() {
        try (TopologyKit kit = kit(new CallLimits(2_000, 100, 5_000, 2_500))) {
            kit.receive(CALL).receive(OTHER).passUntilNothingWaits();

            Map<String, JsonNode> records = records(kit);
            assertThat(records).containsOnlyKeys(key(CALL, 0), key(OTHER, 0));
            assertThat(records.values()).allSatisfy(record -> {
                assertThat(reasons(record)).containsExactly("capped");
                assertThat(record.path("status").asText()).isEqualTo("partial");
                for (String list : List.of("legs", "parties", "links", "transfers", "numbers")) {
                    assertThat(record.path(list).isArray()).as(list).isTrue();
                    assertThat(record.path(list)).as(list).isEmpty();
                }
                assertThat(record.path("partyId").asText()).isNotEmpty();
                assertThat(record.path("sessions")).hasSize(1);
                assertThat(record.path("durationMs").asLong()).isPositive();
            });
            assertThat(kit.liveCalls())
                    .filteredOn(live -> !live.isTombstone())
                    .allSatisfy(live -> assertThat(live.json().length()).isLessThan(2_500));
        }
    }

    @Test
    void shouldLeaveOutAllTextsOfARecordThatIsTooLargeWithoutItsParties() {
        try (TopologyKit kit = kit(new CallLimits(2_000, 100, 5_000, 300))) {
            kit.receive(CALL).passUntilNothingWaits();

            JsonNode record = records(kit).get(key(CALL, 0));
            assertThat(reasons(record)).containsExactly("capped");
            for (String text : List.of("from", "to", "callerName", "sessionId", "answeredBy", "partyId")) {
                assertThat(record.path(text).isNull()).as(text).isTrue();
            }
            assertThat(record.at("/sessions/0/origin").isNull()).isTrue();
            assertThat(record.at("/sessions/0/telephonySessionId").asText())
                    .isEqualTo(CALL.telephonySessionIds().get(0));
            assertThat(record.path("result").asText()).isEqualTo("Accepted");
            assertThat(record.path("talkMs").asLong()).isPositive();
        }
    }

    /** Each text in a record comes from events of its own, of the largest size, in the characters that become longest. */
    @Test
    void shouldMakeNoRecordThatItsTopicRefuses() {
        String longest = "\ud83d\ude00".repeat(250_000);
        try (TopologyKit kit = kit(CallLimits.DEFAULT)) {
            for (int i = 0; i < SIZE; i++) {
                int text = i % 4;
                kit.receive(TopologyKit.edited(CALL.notifications().get(i), tree -> {
                    ObjectNode body = TopologyKit.body(tree);
                    ObjectNode party = TopologyKit.party(tree);
                    body.remove(List.of("sessionId", "origin"));
                    party.remove(List.of("from", "to"));
                    switch (text) {
                        case 0 -> body.put("sessionId", longest);
                        case 1 -> body.putObject("origin").put("type", longest);
                        case 2 -> party.putObject("from").put("name", longest);
                        default -> party.putObject("to").put("name", longest);
                    }
                }));
            }
            kit.passUntilNothingWaits();

            assertThat(kit.deadLetters()).isEmpty();
            assertThat(kit.partyEvents()).hasSize(SIZE);
            assertThat(kit.emitted())
                    .isNotEmpty()
                    .allSatisfy(each -> assertThat(each.json()).hasSizeLessThan(20_000));
            assertThat(kit.liveCalls())
                    .filteredOn(live -> !live.isTombstone())
                    .isNotEmpty()
                    .allSatisfy(live -> assertThat(live.json()).hasSizeLessThan(20_000));
            assertThat(kit.partyRows())
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row.tree().toString()).hasSizeLessThan(20_000));
        }
    }

    /** The rows are small each, and are all that a reader of them has. */
    @Test
    void shouldReplaceTheRowsOfACallThatBecomesTooLarge() {
        PhoneCall blind =
                call().inbound(CUSTOMER).answeredBy("104").transferredTo("106").hangUp();
        try (TopologyKit small = kit(new CallLimits(2_000, 100, 5_000, 1 << 20))) {
            small.receive(blind).passUntilNothingWaits();
            int recordBytes = small.emitted().get(0).json().length() + 20;
            Map<String, ObjectNode> before = rows(small);
            List<TopologyKit.Sent> windowsBefore = small.windowMetrics();
            try (TopologyKit kit = kit(new CallLimits(2_000, 100, 5_000, recordBytes))) {
                kit.receive(blind).passUntilNothingWaits();
                assertThat(rows(kit)).isEqualTo(before);
                kit.windowMetrics();

                kit.receive(longer(blind)).passUntilNothingWaits();

                TopologyKit.Emission emission = kit.emitted().get(1);
                assertThat(reasons(emission.tree())).containsExactly("capped");
                assertThat(emission.tree().path("parties")).isEmpty();
                before.values().forEach(row -> row.put("revision", 2).put("callStatus", "partial"));
                assertThat(rows(kit))
                        .isEqualTo(before)
                        .anySatisfy((key, row) ->
                                assertThat(row.path("transferred").asBoolean()).isTrue());
                assertThat(kit.windowMetrics())
                        .hasSameSizeAs(windowsBefore)
                        .allSatisfy(window -> assertThat(
                                        window.tree().path("partial").asInt())
                                .isEqualTo(1));
            }
        }
    }

    /** What the record does not show has no revision of its own. */
    @Test
    void shouldReplaceTheRowsOfACallThatIsTooLargeAlsoWhereItsRecordStays() {
        try (TopologyKit kit = kit(new CallLimits(2_000, 100, 5_000, 2_500))) {
            kit.receive(CALL).passUntilNothingWaits();
            assertThat(kit.emitted()).hasSize(1);
            assertThat(rows(kit).values())
                    .hasSize(2)
                    .allSatisfy(
                            row -> assertThat(row.path("callStatus").asText()).isEqualTo("partial"));
            String called = CALL.partiesOf("104").get(0);

            CALL.notifications().stream()
                    .filter(notification ->
                            notification.party().path("id").asText().equals(called))
                    .map(notification -> TopologyKit.edited(
                            notification, tree -> TopologyKit.party(tree).put("missedCall", true)))
                    .forEach(kit::receive);

            assertThat(kit.emitted()).isEmpty();
            assertThat(rows(kit).values())
                    .hasSize(2)
                    .allSatisfy(row -> assertThat(row.path("revision").asInt()).isEqualTo(1))
                    .anySatisfy(
                            row -> assertThat(row.path("missed").asBoolean()).isTrue());
        }
    }

    /** Another event of the party that ends last, which makes the record longer and changes no row. */
    private static Notification longer(PhoneCall call) {
        return TopologyKit.edited(
                more(call, 1).get(0),
                tree -> TopologyKit.party(tree).putObject("park").put("id", "9".repeat(60)));
    }

    /** The last row under each key. */
    private static Map<String, ObjectNode> rows(TopologyKit kit) {
        Map<String, ObjectNode> rows = new TreeMap<>();
        kit.partyRows().forEach(row -> rows.put(row.key(), row.tree()));
        return rows;
    }

    private static TopologyKit kit(CallLimits limits) {
        return new TopologyKit(CallOptions.DEFAULT.with(limits));
    }

    private static Map<String, JsonNode> records(TopologyKit kit) {
        Map<String, JsonNode> records = new TreeMap<>();
        kit.fold().records().forEach((key, json) -> records.put(key, TopologyKit.tree(json)));
        return records;
    }

    private static List<String> reasons(JsonNode record) {
        List<String> reasons = new ArrayList<>();
        record.path("incomplete").forEach(reason -> reasons.add(reason.asText()));
        return reasons;
    }

    /** Further events after the end of a call. */
    private static List<Notification> more(PhoneCall call, int count) {
        List<Notification> more = new ArrayList<>();
        Notification last = call.notifications().get(call.notifications().size() - 1);
        for (int i = 1; i <= count; i++) {
            long sequence = last.sequence() + i;
            more.add(TopologyKit.edited(last, tree -> TopologyKit.body(tree).put("sequence", sequence)));
        }
        return more;
    }

    /** A session that names so many others. */
    private static List<Notification> hub(int spokes) {
        List<Notification> hub = new ArrayList<>(more(CALL, spokes));
        hub.replaceAll(event -> naming(
                event,
                spoke(
                                (int) (event.sequence()
                                        - CALL.notifications().get(SIZE - 1).sequence()
                                        - 1),
                                2)
                        .telephonySessionId()));
        hub.addAll(0, CALL.notifications());
        return hub;
    }

    /** One event of a session of its own. */
    private static Notification spoke(int number, long sequence) {
        String id = "s-spoke" + number;
        Notification any = CALL.notifications().get(SIZE - 1);
        Notification edited = TopologyKit.edited(any, tree -> {
            TopologyKit.body(tree).put("telephonySessionId", id).put("sequence", sequence);
            TopologyKit.party(tree).put("id", "p-spoke" + number + "-1");
        });
        return new Notification(edited.account(), id, sequence, edited.eventTime(), edited.sentAt(), edited.json());
    }

    private static Notification naming(Notification event, String peer) {
        return naming(event, peer, "AttendedTransfer");
    }

    private static Notification naming(Notification event, String peer, String reason) {
        return TopologyKit.edited(
                event,
                tree -> ((ObjectNode) TopologyKit.party(tree).path("status"))
                        .put("reason", reason)
                        .putObject("peerId")
                        .put("telephonySessionId", peer));
    }
}
