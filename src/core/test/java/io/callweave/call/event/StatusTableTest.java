package io.callweave.call.event;

import static io.callweave.call.TestEvent.party;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.session.Segment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RingCentral's table of statuses ("Telephony session notifications"), row by row. A party rings for a second, has the
 * status for five seconds, and sends nothing more. Each row has the effect on the party and on its call.
 */
class StatusTableTest {

    private static final long END = 6_000;

    /** The other party, which ends the call and has no effect on the results. */
    private static final TestEvent OTHER = party(9).is("Disconnected").at(END);

    @ParameterizedTest(name = "{0} of an {1} party")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            STATUS,       DIRECTION, WRITTEN,      RINGS, SETUP, TALKS, HOLDS, PARKS, FINAL, TYPE,  RESULT
            Setup,        Inbound,   Setup,        6000,  5000,  0,     0,     0,     false, Voice, Missed
            Setup,        Outbound,  Setup,        6000,  5000,  0,     0,     0,     false, Voice, No Answer
            Proceeding,   Inbound,   Proceeding,   6000,  0,     0,     0,     0,     false, Voice, Missed
            Proceeding,   Outbound,  Proceeding,   6000,  0,     0,     0,     0,     false, Voice, No Answer
            Answered,     Inbound,   Answered,     1000,  0,     5000,  0,     0,     false, Voice, Accepted
            Answered,     Outbound,  Answered,     1000,  0,     5000,  0,     0,     false, Voice, Call connected
            FaxReceive,   Inbound,   FaxReceive,   1000,  0,     0,     0,     0,     false, Fax,   Received
            FaxReceive,   Outbound,  FaxReceive,   1000,  0,     0,     0,     0,     false, Fax,   Received
            Voicemail,    Inbound,   Voicemail,    1000,  0,     0,     0,     0,     false, Voice, Voicemail
            Voicemail,    Outbound,  Voicemail,    1000,  0,     0,     0,     0,     false, Voice, Voicemail
            VoiceMail,    Inbound,   Voicemail,    1000,  0,     0,     0,     0,     false, Voice, Voicemail
            VMScreening,  Inbound,   VMScreening,  1000,  0,     0,     0,     0,     false, Voice, Missed
            VMScreening,  Outbound,  VMScreening,  1000,  0,     0,     0,     0,     false, Voice, No Answer
            VoiceMailScreening, Inbound, VMScreening, 1000, 0,   0,     0,     0,     false, Voice, Missed
            Hold,         Inbound,   Hold,         6000,  0,     0,     5000,  0,     false, Voice, Missed
            Hold,         Outbound,  Hold,         6000,  0,     0,     5000,  0,     false, Voice, No Answer
            Parked,       Inbound,   Parked,       6000,  0,     0,     0,     5000,  false, Voice, Missed
            Parked,       Outbound,  Parked,       6000,  0,     0,     0,     5000,  false, Voice, No Answer
            Disconnected, Inbound,   Disconnected, 1000,  0,     0,     0,     0,     true,  Voice, Missed
            Disconnected, Outbound,  Disconnected, 1000,  0,     0,     0,     0,     true,  Voice, No Answer
            Gone,         Inbound,   Gone,         1000,  0,     0,     0,     0,     true,  Voice, Missed
            Gone,         Outbound,  Gone,         1000,  0,     0,     0,     0,     true,  Voice, No Answer
            NeverHeardOf, Inbound,   NeverHeardOf, 6000,  0,     0,     0,     0,     false, Voice, Missed
            NeverHeardOf, Outbound,  NeverHeardOf, 6000,  0,     0,     0,     0,     false, Voice, No Answer
            """)
    void shouldHaveThisEffectOnItsPartyAndCall(
            String status,
            String direction,
            String written,
            long ringMs,
            long setupMs,
            long talkMs,
            long holdMs,
            long parkMs,
            boolean isFinal,
            String type,
            String result) {
        TestEvent told = party(1).direction(direction).extension("101");

        CallRecord record =
                TestSessions.record(told.is("Proceeding").at(0), told.is(status).at(1_000), OTHER);

        PartyRecord party = record.parties().get(0);
        Segment last = party.segments().get(party.segments().size() - 1);
        boolean ringsOn = written.equals("Proceeding");
        assertThat(last).isEqualTo(new Segment(written, null, ringsOn ? 0 : 1_000, isFinal ? 1_000 : END));
        assertThat(party.segments()).hasSize(ringsOn ? 1 : 2);
        assertThat(party.ringMs()).as("ringMs").isEqualTo(ringMs);
        assertThat(party.setupMs()).as("setupMs").isEqualTo(setupMs);
        assertThat(party.talkMs()).as("talkMs").isEqualTo(talkMs);
        assertThat(party.holdMs()).as("holdMs").isEqualTo(holdMs);
        assertThat(party.parkMs()).as("parkMs").isEqualTo(parkMs);
        assertThat(party.endStatus()).as("endStatus").isEqualTo(isFinal ? written : null);
        assertThat(party.endTime()).as("endTime").isEqualTo(isFinal ? Long.valueOf(1_000) : null);
        assertThat(record.incomplete().contains(Incomplete.NO_FINAL_STATUS))
                .as("noFinalStatus")
                .isEqualTo(!isFinal);
        assertThat(record.outcome().type()).as("type").isEqualTo(type);
        assertThat(record.outcome().result()).as("result").isEqualTo(result);
        assertThat(record.times().answerTime()).as("answerTime").isEqualTo(talkMs > 0 ? Long.valueOf(1_000) : null);
        assertThat(record.times().talkMs()).as("the call's talkMs").isEqualTo(talkMs);
        assertThat(record.times().holdMs()).as("the call's holdMs").isEqualTo(holdMs);
        assertThat(record.times().parkMs()).as("the call's parkMs").isEqualTo(parkMs);
        assertThat(record.times().ringMs()).as("the call's ringMs").isEqualTo(ringMs);
    }

    @ParameterizedTest
    @CsvSource({"Setup, true", "VOICEMAIL, true", "VoiceMailScreening, true", "Tds, true", "NeverHeardOf, false"})
    void shouldKnowTheStatusesOfRingCentral(String status, boolean known) {
        assertThat(Status.isKnown(status)).isEqualTo(known);
    }

    /**
     * A reason that announces a continuation, one that decides a result, one that is in no specification, and an
     * unknown one.
     */
    @ParameterizedTest
    @CsvSource({"BlindTransfer, true", "TargetBusy, true", "Undefined, true", "NeverHeardOf, false"})
    void shouldKnowTheReasonsOfRingCentral(String reason, boolean known) {
        assertThat(Reason.isKnown(reason)).isEqualTo(known);
    }
}
