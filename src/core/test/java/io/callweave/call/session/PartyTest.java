package io.callweave.call.session;

import static io.callweave.call.TestEvent.ACCOUNT;
import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.party;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.event.Address;
import io.callweave.call.event.Peer;
import io.callweave.call.event.Recording;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartyTest {

    private static final Address QUEUE = new Address("7001", "Support", "900", null);

    // The latest value that was sent

    @Test
    void shouldTakeTheLatestValueOfEachField() {
        Party party = TestSessions.party(
                inbound(1)
                        .extension("101")
                        .accountId(ACCOUNT)
                        .from("+1")
                        .to("+2")
                        .parkData("*801")
                        .ringOutRole("Initiator"),
                inbound(1)
                        .direction("Outbound")
                        .extension("102")
                        .from("+3")
                        .to("+4")
                        .parkData("*802")
                        .ringOutRole("Target"));

        assertThat(party.direction()).isEqualTo("Outbound");
        assertThat(party.extensionId()).isEqualTo("102");
        assertThat(party.from()).isEqualTo(new Address("+3", null, null, null));
        assertThat(party.to()).isEqualTo(new Address("+4", null, null, null));
        assertThat(party.ringOutRole()).isEqualTo("Target");
        assertThat(party.parkData()).isEqualTo("*802");
    }

    @Test
    void shouldKeepAValueThatLaterEventsDoNotSend() {
        Recording recording = new Recording("r1", true);
        Party party = TestSessions.party(
                inbound(1)
                        .extension("101")
                        .accountId(ACCOUNT)
                        .from("+1")
                        .to("+2")
                        .muted(true)
                        .recordings(recording),
                party(1).is("Answered"),
                party(1).is("Disconnected"));

        assertThat(party.direction()).isEqualTo("Inbound");
        assertThat(party.accountId()).isEqualTo(ACCOUNT);
        assertThat(party.extensionId()).isEqualTo("101");
        assertThat(party.from()).isEqualTo(new Address("+1", null, null, null));
        assertThat(party.to()).isEqualTo(new Address("+2", null, null, null));
        assertThat(party.muted()).isTrue();
        assertThat(party.recordings()).containsExactly(recording);
    }

    @Test
    void shouldReplaceAnAddressAsAWhole() {
        Party party = TestSessions.party(
                party(1).to(new Address("+2", "Ann", "101", "1")), party(1).to(new Address("+2", null, null, null)));

        assertThat(party.to()).isEqualTo(new Address("+2", null, null, null));
    }

    @Test
    void shouldFindTheLatestValueBySequenceAndNotByTime() {
        Party party = TestSessions.party(
                party(1).from("+9").at(100).sequence(9),
                party(1).from("+2").at(50_000).sequence(2));

        assertThat(party.from()).isEqualTo(new Address("+9", null, null, null));
    }

    @Test
    void shouldReplaceTheListOfRecordingsAsAWhole() {
        Party party = TestSessions.party(
                party(1).recordings(new Recording("r1", true), new Recording("r2", true)),
                party(1).recordings(new Recording("r1", false)));

        assertThat(party.recordings()).isEqualTo(List.of(new Recording("r1", false)));
    }

    // Flags

    @Test
    void shouldNotKnowWhetherItIsMutedIfNobodySaid() {
        Party party = TestSessions.party(party(1).is("Setup"), party(1).is("Disconnected"));

        assertThat(party.muted()).isNull();
    }

    @Test
    void shouldTreatFalseAsAValue() {
        Party party = TestSessions.party(party(1).muted(true), party(1).muted(false), party(1).muted(null));

        assertThat(party.muted()).isFalse();
    }

    @Test
    void shouldHaveMissedTheCallIfAnyEventSaysSo() {
        Party party = TestSessions.party(party(1).missedCall(true), party(1).missedCall(false));

        assertThat(party.missed()).isTrue();
    }

    @Test
    void shouldNotHaveMissedTheCallIfNoEventSaysSo() {
        Party party = TestSessions.party(party(1).missedCall(false), party(1));

        assertThat(party.missed()).isFalse();
    }

    // The queue

    @Test
    void shouldBeRungByTheQueueThatTheCallIsTo() {
        Party party = TestSessions.party(inbound(1).extension("101").to(QUEUE).queueCall(true));

        assertThat(party.queueExtensionId()).isEqualTo("900");
        assertThat(party.queueCall()).isTrue();
    }

    @Test
    void shouldNotTreatTheCalledExtensionAsAQueueUnlessItIsAQueueCall() {
        Party party = TestSessions.party(inbound(1).extension("101").to(QUEUE).queueCall(false));

        assertThat(party.queueExtensionId()).isNull();
        assertThat(party.queueCall()).isFalse();
    }

    @Test
    void shouldHaveTheLatestCallIdOfItsPhoneAndTheDeviceAtItsOwnEnd() {
        TestEvent answered = party(1).sipCallId("c1").devices("5", "6");
        TestEvent later = answered.sipCallId("c2").devices(null, "7");

        Party called = TestSessions.party(answered.direction("Inbound"), later.direction("Inbound"));
        Party calling = TestSessions.party(answered.direction("Outbound"), later.direction("Outbound"));

        assertThat(called.sipCallId()).isEqualTo("c2");
        assertThat(called.deviceId()).isEqualTo("7");
        assertThat(calling.deviceId()).isEqualTo("5");
        assertThat(TestSessions.party(answered).deviceId()).isNull();
    }

    @Test
    void shouldHideTheExtensionsOfAPartyOfAnotherAccount() {
        Party party = TestSessions.party(
                inbound(1).accountId("2").extension("201").from("+1").to(QUEUE).queueCall(true));

        assertThat(party.extensionId()).isNull();
        assertThat(party.queueExtensionId()).isNull();
        assertThat(party.accountId()).isEqualTo("2");
        assertThat(party.from()).isEqualTo(new Address("+1", null, null, null));
        assertThat(party.to()).isEqualTo(QUEUE);
    }

    @Test
    void shouldShowTheExtensionOfAPartyThatDoesNotSayItsAccount() {
        Party party = TestSessions.party(inbound(1).extension("101"));

        assertThat(party.extensionId()).isEqualTo("101");
    }

    // The peer

    @Test
    void shouldHaveThePeerOfItsLastEventThatNamesOne() {
        Party party = TestSessions.party(
                party(1).is("Gone").peer("b", 1), party(1).is("Gone").peer("c", 2), party(1).is("Disconnected"));

        assertThat(party.peer()).isEqualTo(new Peer("s-c", null, "p-c-2"));
    }

    // Times

    @Test
    void shouldStartAtItsSmallestTimeEvenIfClocksRunBackwards() {
        Party party = TestSessions.party(
                party(1).is("Setup").at(1_000),
                party(1).is("Proceeding").at(900),
                party(1).is("Hold").at(2_000));

        assertThat(party.startTime()).isEqualTo(900);
        assertThat(party.lastEventTime()).isEqualTo(2_000);
        assertThat(party.firstSequence()).isEqualTo(2);
    }

    @Test
    void shouldHaveAnsweredAtTheSmallestTimeOfItsAnsweredEvents() {
        Party party = TestSessions.party(
                party(1).is("Setup").at(0),
                party(1).is("Answered").at(5_000),
                party(1).is("Answered").at(4_000),
                party(1).is("Disconnected").at(9_000));

        assertThat(party.answerTime()).isEqualTo(4_000);
    }

    @Test
    void shouldHaveNoAnswerTimeIfItWasNeverAnswered() {
        Party party = TestSessions.party(party(1).is("Proceeding"), party(1).is("Voicemail"));

        assertThat(party.answerTime()).isNull();
    }

    @Test
    void shouldHaveItsEndOrElseItsLatestEventAsTheLastKnownTime() {
        Party over = TestSessions.party(
                party(1).is("Gone").at(1_000), party(1).is("Disconnected").at(2_000));
        Party open = TestSessions.party(
                party(1).is("Answered").at(3_000), party(1).is("Hold").at(2_500));

        assertThat(over.lastKnownTime()).isEqualTo(1_000);
        assertThat(open.lastKnownTime()).isEqualTo(3_000);
    }
}
