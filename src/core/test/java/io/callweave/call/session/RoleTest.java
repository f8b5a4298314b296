package io.callweave.call.session;

import static io.callweave.call.TestEvent.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import org.junit.jupiter.api.Test;

class RoleTest {

    @Test
    void shouldBeAParticipantByDefault() {
        Role role = role(outbound(1).is("Setup"), outbound(1).is("Gone"));

        assertThat(role).isEqualTo(Role.PARTICIPANT);
    }

    @Test
    void shouldBeASupervisorIfAnyEventOfItsOwnSaysSupervising() {
        Role role = role(
                outbound(1).is("Setup"),
                outbound(1).is("Answered").because("Supervising"),
                outbound(1).is("Disconnected"));

        assertThat(role).isEqualTo(Role.SUPERVISOR);
    }

    @Test
    void shouldNotBeASupervisorIfItIsSupervised() {
        FoldedSession session = FoldedSession.of(TestSessions.session(
                "a", outbound(1).is("Answered"), outbound(2).is("Gone").because("Supervising")));

        assertThat(session.parties()).extracting(Party::role).containsExactly(Role.PARTICIPANT, Role.SUPERVISOR);
    }

    @Test
    void shouldNoLongerBeASupervisorAfterATakeOver() {
        Role role = role(
                outbound(1).is("Gone").because("Supervising"),
                outbound(1).is("Answered").because("TakeOver"));

        assertThat(role).isEqualTo(Role.PARTICIPANT);
    }

    @Test
    void shouldBeTheHostOfAConference() {
        Role role =
                role(outbound(1).is("Setup").conferenceRole("Host"), outbound(1).is("Answered"));

        assertThat(role).isEqualTo(Role.HOST);
    }

    @Test
    void shouldNotBeTheHostAsAParticipantOfAConference() {
        Role role = role(outbound(1).is("Answered").conferenceRole("Participant"));

        assertThat(role).isEqualTo(Role.PARTICIPANT);
    }

    @Test
    void shouldBeASupervisorBeforeAHost() {
        Role role = role(outbound(1).is("Gone").because("Supervising").conferenceRole("Host"));

        assertThat(role).isEqualTo(Role.SUPERVISOR);
    }

    @Test
    void shouldBeAHostBeforeABridge() {
        Role role = role(outbound(1).is("Gone").conferenceRole("Host"));

        assertThat(role).isEqualTo(Role.HOST);
    }

    @Test
    void shouldBeABridgeIfItWasOnlyEverGone() {
        Role role = role(
                outbound(1).is("Gone").at(0),
                outbound(1).is("gone").because("Pickup").at(10));

        assertThat(role).isEqualTo(Role.BRIDGE);
    }

    @Test
    void shouldNotBeABridgeOnceItWasDisconnected() {
        Role role = role(outbound(1).is("Gone"), outbound(1).is("Disconnected"));

        assertThat(role).isEqualTo(Role.PARTICIPANT);
    }

    private static Role role(TestEvent... told) {
        return TestSessions.party(told).role();
    }
}
