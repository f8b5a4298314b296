package io.callweave.call.session;

import static io.callweave.call.TestEvent.party;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

    private static final long OPEN_END = 100_000;

    @Test
    void shouldLastUntilTheNextDifferentStatus() {
        Timeline timeline = timeline(
                party(1).is("Setup").at(0),
                party(1).is("Proceeding").at(100),
                party(1).is("Answered").at(7_100),
                party(1).is("Disconnected").at(20_000));

        assertThat(timeline.segments(OPEN_END))
                .containsExactly(
                        new Segment("Setup", null, 0, 100),
                        new Segment("Proceeding", null, 100, 7_100),
                        new Segment("Answered", null, 7_100, 20_000),
                        new Segment("Disconnected", null, 20_000, 20_000));
    }

    @Test
    void shouldContinueARepeatedStatus() {
        Timeline timeline = timeline(
                party(1).is("Answered").at(1_000),
                party(1).is("Answered").at(4_000),
                party(1).is("Answered").at(5_000),
                party(1).is("Disconnected").at(9_000));

        assertThat(timeline.segments(OPEN_END))
                .containsExactly(
                        new Segment("Answered", null, 1_000, 9_000), new Segment("Disconnected", null, 9_000, 9_000));
    }

    @Test
    void shouldBeginANewSegmentWhenAStatusComesBack() {
        Timeline timeline = timeline(
                party(1).is("Answered").at(0),
                party(1).is("Hold").at(1_000),
                party(1).is("Answered").at(3_000),
                party(1).is("Hold").at(6_000));

        assertThat(timeline.segments(10_000))
                .extracting(Segment::durationMs)
                .containsExactly(1_000L, 2_000L, 3_000L, 4_000L);
    }

    @Test
    void shouldKeepTheFirstReasonOfASegment() {
        Timeline timeline = timeline(
                party(1).is("Answered"),
                party(1).is("Answered").because("AttendedTransfer"),
                party(1).is("Answered").because("Other"));

        assertThat(timeline.segments(OPEN_END)).extracting(Segment::reason).containsExactly("AttendedTransfer");
    }

    @Test
    void shouldNotPassAReasonToTheNextStatus() {
        Timeline timeline = timeline(party(1).is("Parked").because("CallPark"), party(1).is("Answered"));

        assertThat(timeline.segments(OPEN_END)).extracting(Segment::reason).containsExactly("CallPark", null);
    }

    @Test
    void shouldEndAnOpenStatusAtTheOpenEnd() {
        Timeline timeline = timeline(party(1).is("Answered").at(1_000));

        assertThat(timeline.segments(OPEN_END)).containsExactly(new Segment("Answered", null, 1_000, OPEN_END));
    }

    @Test
    void shouldNotHaveNegativeDurationsIfClocksRunBackwards() {
        Timeline timeline = timeline(
                party(1).is("Setup").at(5_000),
                party(1).is("Proceeding").at(4_000),
                party(1).is("Answered").at(9_000));

        List<Segment> segments = timeline.segments(8_000);

        assertThat(segments)
                .containsExactly(
                        new Segment("Setup", null, 5_000, 5_000),
                        new Segment("Proceeding", null, 4_000, 9_000),
                        new Segment("Answered", null, 9_000, 9_000));
    }

    @Test
    void shouldFollowTheSequenceAndNotTheClock() {
        Timeline timeline = timeline(
                party(1).is("Answered").at(1_000),
                party(1).is("Hold").at(900),
                party(1).is("Disconnected").at(5_000));

        assertThat(timeline.segments(OPEN_END))
                .extracting(Segment::status)
                .containsExactly("Answered", "Hold", "Disconnected");
    }

    @Test
    void shouldGiveAFinalStatusNoLength() {
        Timeline timeline = timeline(
                party(1).is("Gone").at(1_000), party(1).is("Disconnected").at(4_000));

        assertThat(timeline.segments(OPEN_END))
                .containsExactly(
                        new Segment("Gone", null, 1_000, 4_000), new Segment("Disconnected", null, 4_000, 4_000));
    }

    // The end

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Setup",
                "Proceeding",
                "Answered",
                "Hold",
                "Parked",
                "Voicemail",
                "VMScreening",
                "FaxReceive",
                "New"
            })
    void shouldNotBeOverInAStatusThatIsNotFinal(String status) {
        Timeline timeline = timeline(party(1).is("Disconnected"), party(1).is(status));

        assertThat(timeline.end()).isNull();
    }

    @Test
    void shouldNotLetADisconnectedThatTrailsAGoneChangeTheEnd() {
        Timeline timeline = timeline(
                party(1).is("Answered").at(0).sequence(2),
                party(1).is("Gone").because("AttendedTransfer").at(3_000).sequence(3),
                party(1).is("Disconnected").because("CallFinished").at(3_200).sequence(4));

        assertThat(timeline.end()).isEqualTo(new Timeline.End("Gone", "AttendedTransfer", 3_000, 3));
    }

    @Test
    void shouldTakeTheFirstReasonOfTheFinalRun() {
        Timeline timeline = timeline(
                party(1).is("Answered").because("NotOfTheEnd").sequence(2),
                party(1).is("Gone").at(3_000).sequence(3),
                party(1).is("Disconnected").because("Pickup").at(3_200).sequence(4),
                party(1).is("Disconnected").because("Later").at(3_300).sequence(5));

        assertThat(timeline.end()).isEqualTo(new Timeline.End("Gone", "Pickup", 3_000, 3));
    }

    @Test
    void shouldEndAtItsLastFinalRunOnly() {
        Timeline timeline = timeline(
                party(1).is("Gone").because("Supervising").at(1_000).sequence(2),
                party(1).is("Answered").because("TakeOver").at(2_000).sequence(3),
                party(1).is("Disconnected").at(9_000).sequence(4));

        assertThat(timeline.end()).isEqualTo(new Timeline.End("Disconnected", null, 9_000, 4));
    }

    @Test
    void shouldPutAnAnsweredThatArrivesLateBeforeTheEnd() {
        Session arrived = TestSessions.session(
                "a",
                party(1).is("Proceeding").at(0).sequence(2),
                party(1).is("Disconnected").at(9_000).sequence(4),
                party(1).is("Answered").at(2_000).sequence(3));

        Timeline timeline = Timeline.of(arrived.events());

        assertThat(timeline.end()).isEqualTo(new Timeline.End("Disconnected", null, 9_000, 4));
        assertThat(timeline.segments(OPEN_END)).contains(new Segment("Answered", null, 2_000, 9_000));
    }

    // Ringing

    @ParameterizedTest
    @ValueSource(strings = {"Answered", "Voicemail", "VMScreening", "FaxReceive", "Disconnected", "Gone"})
    void shouldRingUntilAStatusThatEndsRinging(String status) {
        Timeline timeline = timeline(
                party(1).is("Setup").at(0),
                party(1).is("Proceeding").at(100),
                party(1).is(status).at(8_100));

        assertThat(timeline.ringing(OPEN_END)).isEqualTo(new Interval(100, 8_100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Setup", "Hold", "Parked", "NeverHeardOf"})
    void shouldRingOnThroughAStatusThatDoesNotEndRinging(String status) {
        Timeline timeline =
                timeline(party(1).is("Proceeding").at(100), party(1).is(status).at(2_000));

        assertThat(timeline.ringing(OPEN_END)).isEqualTo(new Interval(100, OPEN_END));
    }

    @Test
    void shouldRingFromTheFirstProceeding() {
        Timeline timeline = timeline(
                party(1).is("Proceeding").at(100),
                party(1).is("Hold").at(200),
                party(1).is("Proceeding").at(300),
                party(1).is("Answered").at(500));

        assertThat(timeline.ringing(OPEN_END)).isEqualTo(new Interval(100, 500));
    }

    @Test
    void shouldNotCountWhatCameBeforeTheFirstProceeding() {
        Timeline timeline = timeline(
                party(1).is("Answered").at(50),
                party(1).is("Proceeding").at(100),
                party(1).is("Gone").at(700));

        assertThat(timeline.ringing(OPEN_END)).isEqualTo(new Interval(100, 700));
    }

    @Test
    void shouldNotRingWithoutProceeding() {
        Timeline timeline =
                timeline(party(1).is("Setup").at(0), party(1).is("Answered").at(100));

        assertThat(timeline.ringing(OPEN_END)).isNull();
    }

    @Test
    void shouldNotHaveANegativeRingingTime() {
        Timeline timeline = timeline(
                party(1).is("Proceeding").at(500), party(1).is("Answered").at(100));

        assertThat(timeline.ringing(OPEN_END)).isEqualTo(new Interval(500, 500));
    }

    // Spellings

    @Test
    void shouldTreatSpellingVariantsAsOneStatus() {
        Timeline timeline = timeline(
                party(1).is("VoiceMailScreening").at(0),
                party(1).is("VMScreening").at(1_000),
                party(1).is("VoiceMail").at(2_000),
                party(1).is("Voicemail").at(3_000),
                party(1).is("voicemail").at(4_000));

        assertThat(timeline.segments(5_000))
                .containsExactly(
                        new Segment("VMScreening", null, 0, 2_000), new Segment("Voicemail", null, 2_000, 5_000));
    }

    @Test
    void shouldCarryAnUnknownStatusAsSent() {
        Timeline timeline =
                timeline(party(1).is("Tds").at(0), party(1).is("tds").at(1_000));

        assertThat(timeline.segments(2_000))
                .containsExactly(new Segment("Tds", null, 0, 1_000), new Segment("tds", null, 1_000, 2_000));
    }

    private static Timeline timeline(TestEvent... told) {
        return Timeline.of(TestSessions.events("a", told));
    }
}
