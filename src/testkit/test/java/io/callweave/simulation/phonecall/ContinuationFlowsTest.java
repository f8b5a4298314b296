package io.callweave.simulation.phonecall;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.OutsideParties;
import io.callweave.simulation.platform.Wire;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.Truth;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transferred calls, with and without a seen successor. */
class ContinuationFlowsTest {

    private static final String CUSTOMER = "+15550100002";
    private static final String OUTSIDE = "+15550100003";
    private static final PhoneCall ANSWERED = call().inbound(CUSTOMER).answeredBy("104");

    @ParameterizedTest
    @ValueSource(strings = {"BlindTransfer", "RccTransfer", "DtmfTransfer"})
    void shouldNotBeCompleteIfNoSuccessorIsSeen(String reason) {
        PhoneCall call = ANSWERED.transferredAwayTo(OUTSIDE, reason, false).otherSideHangsUp();

        assertThat(truth(call).path("incomplete").toString()).isEqualTo("[\"unseenContinuation\"]");
        assertThat(truth(call).at("/transfers/0/to").isNull()).isTrue();
        assertThat(truth(call).path("firstToLeave").isNull()).isTrue();
        assertIsAsTold(call);
    }

    @Test
    void shouldHaveAGapIfTheUnseenSuccessorTakesSequenceNumbers() {
        PhoneCall call =
                ANSWERED.transferredAwayTo(OUTSIDE, "BlindTransfer", true).otherSideHangsUp();

        assertThat(truth(call).path("incomplete").toString()).isEqualTo("[\"sequenceGap\",\"unseenContinuation\"]");
        assertIsAsTold(call);
    }

    @Test
    void shouldBeCompleteIfTheOutsidePartyIsDelivered() {
        PhoneCall call = ANSWERED.transferredTo(OUTSIDE).hangUp();

        assertThat(truth(call).path("incomplete")).isEmpty();
        assertThat(truth(call).at("/transfers/0/to").isNull()).isFalse();
        assertIsAsTold(call);
    }

    @Test
    void shouldBeCompleteIfTheOtherEndHungUpBeforeTheTransfer() {
        PhoneCall call = ANSWERED.transferredTooLate().after(Duration.ofSeconds(20));

        assertThat(truth(call).path("incomplete")).isEmpty();
        assertThat(truth(call).at("/firstToLeave/partyId").asText()).endsWith("-1");
        assertIsAsTold(call);
    }

    /** The caller hung up before the transfer, which this account never learns. */
    @Test
    void shouldHaveTheCallerStayIfItsEndIsNeverDelivered() {
        PhoneCall call = call().on(Wire.TODAY.with(OutsideParties.END_HIDDEN))
                .inbound(CUSTOMER)
                .answeredBy("104")
                .transferredTooLate()
                .after(Duration.ofSeconds(20));

        assertThat(truth(call).at("/transfers/0/from/partyId").asText()).endsWith("-1");
        assertIsAsTold(call);
    }

    @Test
    void shouldBeCompleteIfTheNewDeviceWasThereBefore() {
        PhoneCall call = ANSWERED.flippedWithoutGap().hangUp();

        assertThat(truth(call).path("incomplete")).isEmpty();
        assertIsAsTold(call);
    }

    @Test
    void shouldBeCompleteIfTheColleagueHadTheCallBefore() {
        PhoneCall call = call().inbound(CUSTOMER)
                .ringing("104")
                .takenFromRingingBy("106")
                .hangUp();

        assertThat(truth(call).path("incomplete")).isEmpty();
        assertThat(truth(call).at("/answeredBy/partyId").asText())
                .isEqualTo(call.partiesOf("106").get(0));
        assertIsAsTold(call);
    }

    @Test
    void shouldNotBeCompleteIfAParkedCallIsNeverRetrieved() {
        PhoneCall call = ANSWERED.otherSideParkedAt("801").abandoned();

        assertThat(truth(call).path("incomplete").toString()).isEqualTo("[\"unseenContinuation\"]");
        assertIsAsTold(call);
    }

    private static JsonNode truth(PhoneCall call) {
        return WireJson.read(call.truths().get(0).json());
    }

    private static void assertIsAsTold(PhoneCall call) {
        assertThat(Truth.ofCalls(call.truths()).differences(Assembled.lines(call.lines())))
                .as("%s", call)
                .isEmpty();
    }
}
