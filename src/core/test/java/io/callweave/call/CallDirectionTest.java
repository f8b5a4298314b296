package io.callweave.call;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestEvent.party;
import static io.callweave.call.TestSessions.call;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.Address;
import org.junit.jupiter.api.Test;

class CallDirectionTest {

    private static final TestEvent COLLEAGUE = inbound(2).extension("101");
    private static final TestEvent SUPERVISOR =
            outbound(3).extension("109").is("Answered").because("Supervising");

    @Test
    void shouldBeInboundIfTheCallerIsOutside() {
        CallDirection direction = CallDirection.of(call(outbound(1), COLLEAGUE));

        assertThat(direction).isEqualTo(CallDirection.INBOUND);
        assertThat(direction.wireName()).isEqualTo("Inbound");
        assertThat(direction.isInternal()).isFalse();
    }

    @Test
    void shouldBeOutboundIfTheCallerHasAnExtension() {
        CallDirection direction = CallDirection.of(call(outbound(1).extension("104"), inbound(2)));

        assertThat(direction).isEqualTo(CallDirection.OUTBOUND);
        assertThat(direction.wireName()).isEqualTo("Outbound");
        assertThat(direction.isInternal()).isFalse();
    }

    @Test
    void shouldBeInternalIfTheFirstPartyCalledHasAnExtensionToo() {
        CallDirection direction = CallDirection.of(call(outbound(1).extension("104"), COLLEAGUE, inbound(3)));

        assertThat(direction).isEqualTo(CallDirection.INTERNAL);
        assertThat(direction.wireName()).isEqualTo("Outbound");
        assertThat(direction.isInternal()).isTrue();
    }

    @Test
    void shouldNotBeInternalIfOnlyALaterPartyHasAnExtension() {
        assertThat(CallDirection.of(call(outbound(1).extension("104"), inbound(3), COLLEAGUE)))
                .isEqualTo(CallDirection.OUTBOUND);
    }

    @Test
    void shouldIgnoreExtensionsThatAreOnlyInAddresses() {
        TestEvent caller = outbound(1).from(new Address("+1", null, "104", null));

        assertThat(CallDirection.of(call(caller, COLLEAGUE))).isEqualTo(CallDirection.INBOUND);
    }

    @Test
    void shouldTreatACallerOfAnotherAccountAsAnOutsideCaller() {
        TestEvent caller = outbound(1).accountId("2").extension("201");

        assertThat(CallDirection.of(call(caller, COLLEAGUE))).isEqualTo(CallDirection.INBOUND);
    }

    @Test
    void shouldUseTheOutboundPartyWithTheLowestSequence() {
        assertThat(CallDirection.of(call(COLLEAGUE, outbound(4), outbound(1).extension("104"))))
                .isEqualTo(CallDirection.INBOUND);
        assertThat(CallDirection.of(call(inbound(2), outbound(1).extension("104"), outbound(4))))
                .isEqualTo(CallDirection.OUTBOUND);
    }

    @Test
    void shouldUseOnlyTheFirstSession() {
        Call call = call(
                session("b", outbound(1).at(100), COLLEAGUE.at(100)),
                session("a", outbound(1).extension("104").at(900), inbound(2).at(900)));

        assertThat(CallDirection.of(call)).isEqualTo(CallDirection.INBOUND);
    }

    @Test
    void shouldBeInboundIfNoCallerIsSeen() {
        assertThat(CallDirection.of(call(COLLEAGUE))).isEqualTo(CallDirection.INBOUND);
        assertThat(CallDirection.of(call(party(1).extension("101")))).isEqualTo(CallDirection.INBOUND);
    }

    // Supervisors

    @Test
    void shouldNotUseASupervisorAsTheCaller() {
        assertThat(CallDirection.of(call(SUPERVISOR, outbound(1), COLLEAGUE))).isEqualTo(CallDirection.INBOUND);
    }

    @Test
    void shouldUseASupervisorAsTheCallerIfThereAreOnlySupervisors() {
        assertThat(CallDirection.of(call(SUPERVISOR))).isEqualTo(CallDirection.OUTBOUND);
    }

    @Test
    void shouldNotUseASupervisorAsTheCalledParty() {
        TestEvent supervisor = inbound(3).extension("109").is("Answered").because("Supervising");

        assertThat(CallDirection.of(call(outbound(1).extension("104"), supervisor, inbound(2))))
                .isEqualTo(CallDirection.OUTBOUND);
    }

    // Switched devices

    @Test
    void shouldNotUseASwitchedDeviceOfAnInboundCallAsTheCaller() {
        Call call = call(
                COLLEAGUE.is("Disconnected").because("CallSwitch").at(1_000),
                outbound(3).extension("101").is("Answered").at(1_000));

        assertThat(CallDirection.of(call)).isEqualTo(CallDirection.INBOUND);
    }

    @Test
    void shouldNotUseTheCallersSecondDeviceAsTheCaller() {
        Call call = call(
                party(4).extension("104")
                        .is("Disconnected")
                        .because("CallSwitch")
                        .at(5_000),
                outbound(3).extension("104").is("Answered").at(9_000),
                outbound(1).is("Answered").at(8_000));

        assertThat(CallDirection.of(call)).isEqualTo(CallDirection.INBOUND);
    }

    /** The flipped device has no direction, so there is none to take over. */
    @Test
    void shouldUseThePartyThatFlippedToAnotherPhoneAsTheCaller() {
        Call call = call(
                party(1).extension("104").is("Disconnected").because("CallFlip").at(1_000),
                outbound(3).extension("104").is("Answered").at(2_000),
                inbound(2));

        assertThat(CallDirection.of(call)).isEqualTo(CallDirection.OUTBOUND);
    }

    @Test
    void shouldNotTreatADeviceAsItsOwnSuccessor() {
        Call call = call(outbound(1).extension("104").is("Disconnected").because("CallSwitch"), inbound(2));

        assertThat(CallDirection.of(call)).isEqualTo(CallDirection.OUTBOUND);
    }

    // RingOut

    @Test
    void shouldBeOutboundIfItIsARingOut() {
        Call call = call(
                inbound(1).extension("104").origin("RingOut").ringOutRole("Initiator"),
                inbound(2).origin("RingOut").ringOutRole("Target"));

        assertThat(CallDirection.of(call)).isEqualTo(CallDirection.OUTBOUND);
    }

    @Test
    void shouldBeAnInternalRingOutIfTheTargetHasAnExtension() {
        Call call = call(
                inbound(1).extension("104").origin("RingOut").ringOutRole("Initiator"),
                COLLEAGUE.origin("RingOut").ringOutRole("Target"));

        assertThat(CallDirection.of(call)).isEqualTo(CallDirection.INTERNAL);
    }

    @Test
    void shouldUseTheFirstPartyAsTheInitiatorOfARingOutWithoutRoles() {
        assertThat(CallDirection.of(call(
                        inbound(1).extension("104").origin("RingOut"),
                        inbound(2).origin("RingOut"))))
                .isEqualTo(CallDirection.OUTBOUND);
        assertThat(CallDirection.of(call(inbound(1).origin("RingOut"), COLLEAGUE.origin("RingOut"))))
                .isEqualTo(CallDirection.INTERNAL);
    }
}
