package io.callweave.simulation.phonecall;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.EnvelopeForm;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.OutsideParties;
import io.callweave.simulation.platform.PeerForm;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.Wire;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Kinds of flow, and forms on the wire, that random calls do not have. Each results in the record that its script
 * describes.
 */
class FlowsTest {

    private static final String CUSTOMER = "+15550100002";

    @Test
    void shouldLetTheCallerWaitInAQueue() {
        PhoneCall call = call().inbound(CUSTOMER)
                .waitingIn("Support", Duration.ofSeconds(40))
                .queue("Support", "101", "102")
                .answeredBy("102")
                .hangUp();

        assertThat(Flow.of(call.notifications()))
                .startsWith("1 Outbound Setup", "2 Inbound Setup", "1 Outbound Answered", "2 Inbound Disconnected");
        assertThat(call.notifications().get(1).party().path("queueCall").asBoolean())
                .isTrue();
        assertIsAsTold(call);
    }

    @Test
    void shouldBeAbandonedInAQueueWithoutAFreeAgent() {
        PhoneCall call = call().inbound(CUSTOMER)
                .waitingIn("Support", Duration.ofSeconds(40))
                .abandoned();

        assertThat(truth(call).path("result").asText()).isEqualTo("Abandoned");
        assertIsAsTold(call);
    }

    @Test
    void shouldRingTheExtensionThatTheCallerDialsInAMenu() {
        PhoneCall call = call().inbound(CUSTOMER)
                .ivr("Main menu")
                .dialsInMenu("104")
                .answered()
                .hangUp();

        assertThat(Flow.of(call.notifications())).contains("2 Inbound Disconnected CallerInputRedirect");
        assertIsAsTold(call);
        assertThatIllegalStateException()
                .isThrownBy(() -> call().inbound(CUSTOMER).dialsInMenu("104").lines());
    }

    @Test
    void shouldForwardARingingCall() {
        PhoneCall call = call().inbound(CUSTOMER)
                .ringing("101")
                .redirectedTo("102")
                .answered()
                .hangUp();

        assertThat(Flow.of(call.notifications())).contains("2 Inbound Disconnected CallRedirected");
        assertIsAsTold(call);
    }

    @Test
    void shouldAddAPartyToAConference() {
        PhoneCall call = talking(call())
                .conferenceWith("105")
                .joinedBy("+15550100003")
                .leaves("105")
                .hangUp();

        assertThat(call.telephonySessionIds()).hasSize(4);
        assertThat(call.sessionsByCall()).hasSize(1);
        assertThat(kinds(call, "transfers")).containsExactly("conference", "conference", "conference");
        assertIsAsTold(call);
    }

    @Test
    void shouldParkOnTheRemoteParty() {
        PhoneCall call = talking(call())
                .otherSideParkedAt("805")
                .fetchedFromParkBy("107")
                .hangUp();

        JsonNode parked = call.notifications().stream()
                .map(Notification::party)
                .filter(party -> party.at("/status/code").asText().equals("Parked"))
                .findFirst()
                .orElseThrow();
        assertThat(parked.has("extensionId")).isFalse();
        assertThat(parked.at("/park/id").asText()).isEqualTo("*805");
        assertThat(parked.path("status").has("parkData")).isFalse();
        assertThat(call.sessionsByCall()).hasSize(1);
        assertIsAsTold(call);
    }

    @Test
    void shouldParkAndRetrieveAgainAndAgain() {
        PhoneCall call = talking(call())
                .parkedAt("801")
                .fetchedFromParkBy("105")
                .parkedAt("802")
                .fetchedFromParkBy("106")
                .parkedAt("803")
                .fetchedFromParkBy("107")
                .hangUp();

        assertThat(call.sessionsByCall())
                .singleElement()
                .satisfies(all -> assertThat(all).hasSize(4));
        assertThat(kinds(call, "transfers")).containsExactly("park", "park", "pickup");
        assertIsAsTold(call);
    }

    @Test
    void shouldSendTheLegsOfARingOutAsTwoSessions() {
        PhoneCall call = call().ringOutInTwoSessions("101", CUSTOMER).answered().hangUp();

        List<String> legacyIds = call.notifications().stream()
                .map(one -> one.tree().at("/body/sessionId").asText())
                .distinct()
                .toList();
        assertThat(call.sessionsByCall()).hasSize(2);
        assertThat(Long.parseLong(legacyIds.get(1)) - Long.parseLong(legacyIds.get(0)))
                .isBetween(1000L, 4000L);
        assertThat(Peers.named(call)).isEmpty();
        assertThat(call.truths()).hasSize(2);
        assertIsAsTold(call);
    }

    @Test
    void shouldTransferInAChain() {
        PhoneCall call = talking(call())
                .attendedTransferTo("105")
                .transferredTo("106", "RccTransfer")
                .attendedTransferTo("107")
                .hangUp();

        assertThat(kinds(call, "transfers")).containsExactly("attended", "blind", "attended");
        assertIsAsTold(call);
    }

    @Test
    void shouldReportATakeOverAsOneCallAndASupervisionAsTwo() {
        assertThat(talking(call()).supervisedBy("109").takenOver().hangUp().truths())
                .hasSize(1);

        PhoneCall watched =
                talking(call()).supervisedBy("109").supervisionEnds().hangUp();
        assertThat(watched.truths()).hasSize(2);
        assertIsAsTold(watched);
    }

    @Test
    void shouldNameThePeerAtOneEndOnly() {
        List<Function<PhoneCall, PhoneCall>> joined = List.of(
                call -> call.attendedTransferTo("105"),
                call -> call.conferenceWith("105", "106"),
                call -> call.parkedAt("801").fetchedFromParkBy("105"));
        for (Function<PhoneCall, PhoneCall> how : joined) {
            PhoneCall call = how.apply(talking(call().on(Wire.TODAY.withOneEndNamingThePeer())))
                    .hangUp();

            assertThat(Peers.named(call)).isNotEmpty();
            assertThat(Peers.mutual(call)).isEmpty();
            assertThat(call.sessionsByCall()).hasSize(1);
            assertIsAsTold(call);
        }
    }

    @Test
    void shouldWriteEveryFormOfPeerAndId() {
        for (PeerForm form : PeerForm.values()) {
            PhoneCall call = talking(call().on(
                                    Wire.TODAY.withPeers(form).withNumericIds().withSipData()))
                    .attendedTransferTo("105")
                    .hangUp();

            assertThat(call.notifications()).allSatisfy(notification -> {
                assertThat(notification.party().path("accountId").isNumber()).isTrue();
                assertThat(notification.tree().at("/body/sessionId").isNumber()).isTrue();
            });
            assertIsAsTold(call);
        }
    }

    /** The subscriber may answer the calls of some extensions, but not of others. */
    @Test
    void shouldGiveTheCallIdOfAPhoneFromItsAnswerOn() {
        PhoneCall call = call().on(Wire.TODAY.withSipData())
                .inbound(CUSTOMER)
                .answeredBy("104")
                .transferredTo("105")
                .hangUp();

        Map<String, List<String>> callIds = new TreeMap<>();
        for (Notification notification : call.notifications()) {
            callIds.computeIfAbsent(notification.party().path("id").asText(), id -> new ArrayList<>())
                    .add(notification.party().at("/sipData/callId").asText("none"));
        }

        List<String> shared = callIds.get(call.partiesOf("104").get(0));
        assertThat(shared.subList(0, 2)).as("Setup, Proceeding").containsOnly("none");
        assertThat(shared.subList(2, shared.size())).doesNotContain("none");
        assertThat(callIds.get(call.partiesOf("105").get(0))).containsOnly("none");
        assertIsAsTold(call);
    }

    @Test
    void shouldPutNotificationsIntoOldAndOtherEnvelopes() {
        PhoneCall plain = talking(call()).hangUp();
        for (EnvelopeForm form : EnvelopeForm.values()) {
            PhoneCall call = talking(call().on(Wire.TODAY.in(form))).hangUp();

            JsonNode sent = WireJson.read(call.lines().get(0));
            assertThat(sent.isArray()).isEqualTo(form == EnvelopeForm.WEB_SOCKET_FRAME);
            assertThat(sent.has("pn_apns")).isEqualTo(form == EnvelopeForm.PN_APNS);
            assertThat(call.notifications())
                    .extracting(Notification::party)
                    .containsExactlyElementsOf(plain.notifications().stream()
                            .map(Notification::party)
                            .toList());
            assertIsAsTold(call);
        }
    }

    @Test
    void shouldDeliverOutsidePartiesAsRequested() {
        PhoneCall hidden =
                talking(call().on(Wire.TODAY.with(OutsideParties.HIDDEN))).hangUp();
        PhoneCall endHidden =
                talking(call().on(Wire.TODAY.with(OutsideParties.END_HIDDEN))).hangUp();

        assertThat(hidden.notifications())
                .allMatch(notification -> notification.party().has("extensionId"));
        assertThat(truth(hidden).path("incomplete").toString()).isEqualTo("[\"sequenceGap\"]");
        assertThat(truth(endHidden).path("incomplete").toString()).isEqualTo("[\"noFinalStatus\"]");
        assertIsAsTold(hidden);
        assertIsAsTold(endHidden);
    }

    @Test
    void shouldLetTheClocksOfServersDiffer() {
        PhoneCall call = talking(call().on(Wire.TODAY.skewedBy(Duration.ofMillis(400))))
                .attendedTransferTo("105")
                .parkedAt("801")
                .fetchedFromParkBy("106")
                .hangUp();

        // On one clock, sending takes 20 to 120 ms.
        assertThat(call.notifications())
                .anyMatch(one ->
                        Math.abs(Duration.between(one.eventTime(), one.sentAt()).toMillis()) > 120);
        assertIsAsTold(call);
    }

    @Test
    void shouldHaveATruthForEachAccountsView() {
        PhoneCall call = call().alsoSeenBy(SimulatedAccount.SECOND)
                .inboundFrom(SimulatedAccount.SECOND.extension("201"))
                .answeredBy("101")
                .attendedTransferTo("102")
                .hangUp();

        assertThat(call.truths())
                .extracting(truth -> truth.accountId())
                .containsExactly(SimulatedAccount.FIRST.id(), SimulatedAccount.SECOND.id());
        assertIsAsTold(call);
    }

    private static PhoneCall talking(CallStart start) {
        return start.inbound(CUSTOMER).ivr("Main menu").answeredBy("104");
    }

    private static void assertIsAsTold(PhoneCall call) {
        assertThat(Truth.ofCalls(call.truths()).differences(Assembled.lines(call.lines())))
                .as("%s", call)
                .isEmpty();
    }

    private static JsonNode truth(PhoneCall call) {
        return WireJson.read(call.truths().get(0).json());
    }

    private static List<String> kinds(PhoneCall call, String list) {
        return truth(call).path(list).findValuesAsText("kind");
    }
}
