package io.callweave.simulation.phonecall;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Compares scripted calls with the public samples of whole calls (dibyenduroy/csn-data, of 2020). */
class RealFlowsTest {

    private static final PhoneCall THROUGH_MENU = call().inbound("+15550100002")
            .ivr("IVR Menu 1", 8, SECONDS)
            .answeredBy("101")
            .after(7, SECONDS)
            .onHold(2, SECONDS)
            .hangUp();

    @Test
    void shouldReportACallFromOutsideThroughAMenuLikeThePlatform() {
        assertThat(Flow.of(THROUGH_MENU.notifications()))
                .containsExactly(
                        "1 Outbound Setup",
                        "2 Inbound Setup",
                        "1 Outbound Answered",
                        "2 Inbound Disconnected",
                        "3 Inbound Setup",
                        "3 Inbound Proceeding",
                        "3 Inbound Answered",
                        "3 Inbound Hold",
                        "3 Inbound Answered",
                        "3 Inbound Disconnected",
                        "1 Outbound Disconnected");
    }

    @Test
    void shouldReportACallToOutsideLikeThePlatform() {
        PhoneCall call = call().outbound("101", "+15550100002")
                .answered()
                .after(4, SECONDS)
                .onHold(3, SECONDS)
                .hangUp();

        assertThat(Flow.of(call.notifications()))
                .containsExactly(
                        "1 Outbound Setup",
                        "2 Inbound Proceeding",
                        "1 Outbound Proceeding",
                        "2 Inbound Answered",
                        "1 Outbound Answered",
                        "1 Outbound Hold",
                        "1 Outbound Answered",
                        "1 Outbound Disconnected",
                        "2 Inbound Disconnected");
    }

    @Test
    void shouldReportACallBetweenColleaguesLikeThePlatform() {
        PhoneCall call = call().internal("104", "101")
                .answered()
                .after(7, SECONDS)
                .onHold(4, SECONDS)
                .hangUp();

        assertThat(Flow.of(call.notifications()))
                .containsExactly(
                        "1 Outbound Setup",
                        "2 Inbound Setup",
                        "1 Outbound Answered",
                        "2 Inbound Proceeding",
                        "2 Inbound Answered",
                        "1 Outbound Hold",
                        "1 Outbound Answered",
                        "1 Outbound Disconnected",
                        "2 Inbound Disconnected");
    }

    @Test
    void shouldHaveTheFieldsOfTheSamplesAndNoOthers() {
        JsonNode notification = THROUGH_MENU.notifications().get(6).tree();

        assertThat(names(notification))
                .containsExactly("uuid", "event", "timestamp", "subscriptionId", "ownerId", "body");
        assertThat(names(notification.path("body")))
                .containsExactly(
                        "sequence", "sessionId", "telephonySessionId", "serverId", "eventTime", "parties", "origin");
        assertThat(names(notification.at("/body/parties/0")))
                .containsExactly(
                        "accountId",
                        "extensionId",
                        "id",
                        "direction",
                        "to",
                        "from",
                        "status",
                        "park",
                        "missedCall",
                        "standAlone",
                        "muted");
        assertThat(names(notification.at("/body/parties/0/status"))).containsExactly("code", "mobilePickupData", "rcc");
    }

    @Test
    void shouldShowTheMenuAndTheAgentUnderTheNumberThatWasDialled() {
        List<String> dialled = THROUGH_MENU.notifications().stream()
                .map(notification -> notification.party().at("/to/phoneNumber").asText())
                .distinct()
                .toList();

        assertThat(dialled).containsExactly(SimulatedAccount.FIRST.mainNumber());
    }

    @Test
    void shouldEndTheMenuAtTheMomentWhenTheAgentsPartyBegins() {
        List<Notification> sent = THROUGH_MENU.notifications();

        assertThat(sent.get(3).eventTime()).isEqualTo(sent.get(4).eventTime());
    }

    private static List<String> names(JsonNode json) {
        List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
