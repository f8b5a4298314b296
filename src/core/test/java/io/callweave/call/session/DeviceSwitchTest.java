package io.callweave.call.session;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.event.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSwitchTest {

    private static final TestEvent CALLER = outbound(1);
    private static final TestEvent AGENT = inbound(2).extension("101");
    private static final TestEvent OTHER_DEVICE = outbound(3).extension("101");
    private static final TestEvent THIRD_DEVICE = outbound(4).extension("101");

    @ParameterizedTest
    @ValueSource(strings = {"CallSwitch", "CallFlip"})
    void shouldTakeTheDirectionOfTheDeviceBefore(String reason) {
        List<String> directions = directions(
                CALLER.is("Answered").at(0),
                AGENT.is("Answered").at(0),
                AGENT.is("Disconnected").because(reason).at(5_000),
                OTHER_DEVICE.is("Answered").at(5_010));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Inbound");
    }

    @Test
    void shouldSeeBothEndsFromTheDirectionThatItTakesOver() {
        Party device = FoldedSession.of(TestSessions.session(
                        "a",
                        CALLER.is("Answered"),
                        AGENT.is("Disconnected").because("CallSwitch"),
                        OTHER_DEVICE
                                .from("101")
                                .to("+15550100002")
                                .devices("700", "800")
                                .is("Answered")))
                .parties()
                .get(2);

        assertThat(device.from()).isEqualTo(new Address("+15550100002", null, null, null));
        assertThat(device.to()).isEqualTo(new Address("101", null, null, null));
        assertThat(device.ownAddress()).isEqualTo(device.to());
        assertThat(device.deviceId()).isEqualTo("700");
        assertThat(device.fromDeviceId()).isEqualTo("800");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "Inbound")
    void shouldKeepItsEndsIfNoOtherDirectionWasSent(@Nullable String sent) {
        Party device = FoldedSession.of(TestSessions.session(
                        "a",
                        CALLER.is("Answered"),
                        AGENT.is("Disconnected").because("CallFlip"),
                        OTHER_DEVICE
                                .direction(sent)
                                .from("+15550100002")
                                .to("101")
                                .devices("800", "700")))
                .parties()
                .get(2);

        assertThat(device.direction()).isEqualTo("Inbound");
        assertThat(device.from()).isEqualTo(new Address("+15550100002", null, null, null));
        assertThat(device.deviceId()).isEqualTo("700");
    }

    @Test
    void shouldFollowIfItBeginsAtTheMomentOfTheEnd() {
        List<String> directions = directions(
                CALLER.is("Answered").at(0),
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                OTHER_DEVICE.is("Answered").at(5_000));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Inbound");
    }

    @Test
    void shouldFollowIfItBeginsAfterTheOtherDeviceAndRingsBeforeItsEnd() {
        List<String> directions = directions(
                CALLER.is("Answered"),
                AGENT.is("Answered"),
                OTHER_DEVICE.is("Proceeding"),
                AGENT.is("Disconnected").because("CallSwitch"),
                OTHER_DEVICE.is("Answered"));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Inbound");
    }

    @Test
    void shouldNotFollowIfItBeginsBeforeTheOtherDevice() {
        List<String> directions = directions(
                OTHER_DEVICE.is("Answered"),
                AGENT.is("Answered"),
                AGENT.is("Disconnected").because("CallSwitch"));

        assertThat(directions).containsExactly("Outbound", "Inbound");
    }

    @Test
    void shouldFollowAChainOfSwitches() {
        List<String> directions = directions(
                CALLER.is("Answered").at(0),
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                OTHER_DEVICE.is("Answered").at(5_000),
                OTHER_DEVICE.is("Disconnected").because("CallFlip").at(6_000),
                THIRD_DEVICE.is("Answered").at(6_500));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Inbound", "Inbound");
    }

    @Test
    void shouldNotFollowAnotherExtension() {
        List<String> directions = directions(
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                outbound(3).extension("102").is("Answered").at(6_000));

        assertThat(directions).containsExactly("Inbound", "Outbound");
    }

    @Test
    void shouldNotFollowWithoutAnExtension() {
        List<String> directions = directions(
                inbound(2).is("Disconnected").because("CallSwitch").at(5_000),
                outbound(3).is("Answered").at(6_000));

        assertThat(directions).containsExactly("Inbound", "Outbound");
    }

    @Test
    void shouldNotFollowAfterAnyOtherReason() {
        List<String> directions = directions(
                AGENT.is("Disconnected").because("BlindTransfer").at(5_000),
                OTHER_DEVICE.is("Answered").at(6_000));

        assertThat(directions).containsExactly("Inbound", "Outbound");
    }

    @Test
    void shouldKnowWhichDevicesFollowASwitch() {
        List<String> directions = directions(
                AGENT.is("Answered").sequence(2),
                outbound(3).extension("101").is("Answered").sequence(3),
                outbound(3)
                        .extension("101")
                        .is("Disconnected")
                        .because("CallSwitch")
                        .sequence(4),
                AGENT.is("Disconnected").because("CallSwitch").sequence(5),
                outbound(4).extension("101").is("Answered").sequence(6));

        // The second party follows the first one too: it began after it.
        assertThat(directions).containsExactly("Inbound", "Inbound", "Inbound");
    }

    @Test
    void shouldTakeTheDirectionOfTheOneThatEndedLast() {
        List<String> directions = directions(
                inbound(3).extension("101").is("Answered").sequence(2),
                outbound(2).extension("101").is("Answered").sequence(2),
                outbound(2)
                        .extension("101")
                        .is("Disconnected")
                        .because("CallFlip")
                        .sequence(4),
                inbound(3)
                        .extension("101")
                        .is("Disconnected")
                        .because("CallSwitch")
                        .sequence(3),
                inbound(4).extension("101").is("Answered").sequence(6));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Outbound");
    }

    /** Of several devices it follows one, and that did not switch. */
    @Test
    void shouldNotFollowASwitchIfAFlipEndedLater() {
        FoldedSession session = FoldedSession.of(TestSessions.session(
                "a",
                AGENT.is("Answered").sequence(2),
                OTHER_DEVICE.is("Answered").sequence(3),
                AGENT.is("Disconnected").because("CallSwitch").sequence(4),
                OTHER_DEVICE.is("Disconnected").because("CallFlip").sequence(5),
                THIRD_DEVICE.is("Answered").sequence(6)));

        assertThat(session.followSwitch())
                .containsExactly(session.parties().get(1).ref());
    }

    @Test
    void shouldCompareSequencesAndNotTimes() {
        List<String> directions = directions(
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                THIRD_DEVICE.is("Answered").at(1_000),
                OTHER_DEVICE.is("Answered").at(500));

        assertThat(directions).containsExactly("Inbound", "Inbound", "Inbound");
    }

    private static List<String> directions(TestEvent... told) {
        return FoldedSession.of(TestSessions.session("a", told)).parties().stream()
                .map(Party::direction)
                .toList();
    }
}
