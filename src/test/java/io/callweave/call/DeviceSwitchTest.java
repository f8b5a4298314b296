package io.callweave.call;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceSwitchTest {

    private static final TestEvent CALLER = outbound(1);
    private static final TestEvent AGENT = inbound(2).extension("101");
    private static final TestEvent OTHER_DEVICE = outbound(3).extension("101");
    private static final TestEvent THIRD_DEVICE = outbound(4).extension("101");

    @ParameterizedTest
    @ValueSource(strings = {"CallSwitch", "CallFlip"})
    void shouldGoOnInTheDirectionOfTheDeviceBefore(String reason) {
        List<String> directions = directions(
                CALLER.is("Answered").at(0),
                AGENT.is("Answered").at(0),
                AGENT.is("Disconnected").because(reason).at(5_000),
                OTHER_DEVICE.is("Answered").at(5_010));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Inbound");
    }

    @Test
    void shouldGoOnIfItBeginsInTheMomentOfTheEnd() {
        List<String> directions = directions(
                CALLER.is("Answered").at(0),
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                OTHER_DEVICE.is("Answered").at(5_000));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Inbound");
    }

    @Test
    void shouldNotGoOnIfItBeganBeforeTheEnd() {
        List<String> directions = directions(
                CALLER.is("Answered").at(0),
                AGENT.is("Answered").at(0),
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                OTHER_DEVICE.is("Answered").at(4_999));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Outbound");
    }

    @Test
    void shouldGoOnThroughAChainOfSwitches() {
        List<String> directions = directions(
                CALLER.is("Answered").at(0),
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                OTHER_DEVICE.is("Answered").at(5_000),
                OTHER_DEVICE.is("Disconnected").because("CallFlip").at(6_000),
                THIRD_DEVICE.is("Answered").at(6_500));

        assertThat(directions).containsExactly("Outbound", "Inbound", "Inbound", "Inbound");
    }

    @Test
    void shouldNotGoOnForAnotherExtension() {
        List<String> directions = directions(
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                outbound(3).extension("102").is("Answered").at(6_000));

        assertThat(directions).containsExactly("Inbound", "Outbound");
    }

    @Test
    void shouldNotGoOnForPartiesWithoutAnExtension() {
        List<String> directions = directions(
                inbound(2).is("Disconnected").because("CallSwitch").at(5_000),
                outbound(3).is("Answered").at(6_000));

        assertThat(directions).containsExactly("Inbound", "Outbound");
    }

    @Test
    void shouldNotGoOnAfterAnyOtherReason() {
        List<String> directions = directions(
                AGENT.is("Disconnected").because("BlindTransfer").at(5_000),
                OTHER_DEVICE.is("Answered").at(6_000));

        assertThat(directions).containsExactly("Inbound", "Outbound");
    }

    @Test
    void shouldTakeOverFromTheLastOfSeveral() {
        List<Party> parties = FoldedSession.of(TestSessions.session(
                        "a",
                        AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                        OTHER_DEVICE.is("Answered").at(1_000),
                        OTHER_DEVICE.is("Disconnected").because("CallSwitch").at(6_000),
                        THIRD_DEVICE.is("Answered").at(7_000)))
                .parties();

        Party before = DeviceSwitch.predecessor(parties.get(2), parties);

        assertThat(before).isEqualTo(parties.get(1));
    }

    @Test
    void shouldFollowAChainByTimeAndNotBySequence() {
        List<String> directions = directions(
                AGENT.is("Disconnected").because("CallSwitch").at(5_000),
                THIRD_DEVICE.is("Answered").at(6_500),
                OTHER_DEVICE.is("Answered").at(5_000),
                OTHER_DEVICE.is("Disconnected").because("CallFlip").at(6_000));

        assertThat(directions).containsExactly("Inbound", "Inbound", "Inbound");
    }

    private static List<String> directions(TestEvent... told) {
        return FoldedSession.of(TestSessions.session("a", told)).parties().stream()
                .map(Party::direction)
                .toList();
    }
}
