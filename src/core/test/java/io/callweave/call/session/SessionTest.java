package io.callweave.call.session;

import static io.callweave.call.TestEvent.party;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactId;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.SessionFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionTest {

    private static final SessionKey KEY = new SessionKey(TestEvent.ACCOUNT, "s-a");

    @Test
    void shouldOrderBySequenceThenPartyAndNotByTimeOrArrival() {
        PartyEvent first = party(2).sequence(2).at(900).in(KEY, 0);
        PartyEvent second = party(1).sequence(3).at(100).in(KEY, 0);
        PartyEvent third = party(2).sequence(3).at(50).in(KEY, 0);

        Session session = Session.of(KEY, List.of(third, first, second));

        assertThat(session.events()).containsExactly(first, second, third);
    }

    @Test
    void shouldKeepTwoPartiesOfOneSequenceApart() {
        Session session = Session.of(KEY, List.of(party(1).in(KEY, 2), party(2).in(KEY, 2)));

        assertThat(session.events()).hasSize(2);
    }

    @Test
    void shouldKeepADuplicateOnce() {
        PartyEvent event = party(1).body("x").in(KEY, 2);
        PartyEvent copy = party(1).body("x").in(KEY, 2);

        Session session = Session.of(KEY, List.of(event, copy));

        assertThat(session.events()).containsExactly(event);
        assertThat(session.isChangedBy(copy)).isFalse();
        assertThat(session.with(copy)).isSameAs(session);
    }

    /** SHA-256 of "a" begins with ca, of "b" with 3e, of "c" with 2e, of "d" with 18. */
    @Test
    void shouldKeepTheBodyWithTheGreaterHashInEveryOrder() {
        PartyEvent winner = party(1).is("Answered").body("a").in(KEY, 2);
        List<PartyEvent> others = new ArrayList<>(List.of(
                party(1).is("Setup").body("b").in(KEY, 2),
                party(1).is("Hold").body("c").in(KEY, 2),
                party(1).is("Gone").body("d").in(KEY, 2)));

        for (int place = 0; place <= others.size(); place++) {
            List<PartyEvent> order = new ArrayList<>(others);
            order.add(place, winner);
            Session oneByOne = Session.empty(KEY);
            for (PartyEvent event : order) {
                oneByOne = oneByOne.with(event);
            }

            assertThat(Session.of(KEY, order).events()).containsExactly(winner);
            assertThat(oneByOne.events()).containsExactly(winner);
            Collections.rotate(others, 1);
        }
    }

    /** As signed bytes, 3e would be greater than ca. */
    @Test
    void shouldCompareHashesUnsigned() {
        PartyEvent greater = party(1).body("a").in(KEY, 2);
        PartyEvent smaller = party(1).body("b").in(KEY, 2);

        assertThat(greater.supersedes(smaller)).isTrue();
        assertThat(smaller.supersedes(greater)).isFalse();
        assertThat(greater.supersedes(greater)).isFalse();
    }

    /**
     * The SHA-256 of "\uD83D\uDE00" in UTF-8, as {@code printf '\xf0\x9f\x98\x80' | sha256sum} prints it: f0443a34….
     */
    @Test
    void shouldHashTheBytesOfUtf8() {
        PartyEvent emoji = party(1).body("\uD83D\uDE00").in(KEY, 2);

        assertThat(emoji.supersedes(party(1).body("a").in(KEY, 2))).isTrue();
    }

    @Test
    void shouldKeepTheGreaterBodyAsAWholeAndNothingOfTheOther() {
        PartyEvent greater = party(1).is("Setup").body("a").in(KEY, 2);
        PartyEvent smaller = party(1).is("Setup")
                .from("+1")
                .muted(true)
                .extension("101")
                .body("b")
                .in(KEY, 2);

        Party party = FoldedSession.of(Session.of(KEY, List.of(smaller, greater)))
                .parties()
                .get(0);

        assertThat(party.from()).isNull();
        assertThat(party.muted()).isNull();
        assertThat(party.extensionId()).isNull();
    }

    @Test
    void shouldBeTheSameForEventsTogetherOrOneByOne() {
        List<PartyEvent> events = new ArrayList<>();
        for (int sequence = 2; sequence < 20; sequence++) {
            events.add(party(sequence % 3).body("b").in(KEY, sequence));
            events.add(party(sequence % 3).body(sequence % 2 == 0 ? "a" : "c").in(KEY, sequence));
        }
        Session together = Session.of(KEY, events);
        Collections.reverse(events);

        Session oneByOne = Session.empty(KEY);
        for (PartyEvent event : events) {
            oneByOne = oneByOne.with(event);
        }

        assertThat(oneByOne).isEqualTo(together);
    }

    @Test
    void shouldFoldOnlyTheChangedPartyAgain() {
        Session before = Session.of(
                KEY, List.of(party(1).at(100).in(KEY, 2), party(2).at(200).in(KEY, 3)));
        FoldedSession folded = before.fold();

        Session after = before.with(party(2).is("Answered").at(50).in(KEY, 5));

        assertThat(after.fold()).isEqualTo(FoldedSession.of(after));
        assertThat(after.fold().parties().get(0)).isSameAs(folded.parties().get(0));
        assertThat(after.fold().parties().get(1)).isNotEqualTo(folded.parties().get(1));
    }

    @Test
    void shouldNotFoldAgainWhatOnlyALaterFactChanges() {
        Session before = Session.of(KEY, List.of(party(1).in(KEY, 2)));
        FoldedSession folded = before.fold();

        Session after = before.with(new SessionFacts(List.of(), new FactId(FactKind.CALL_LOG, "1", ""), null, null));

        assertThat(after.fold().parties()).isSameAs(folded.parties());
        assertThat(after.fold().session()).isSameAs(after);
    }

    @Test
    void shouldFoldTheSameAsASessionOfTheSameEvents() {
        Session before = Session.of(KEY, List.of(party(1).at(100).in(KEY, 2)));

        Session after = before.with(party(1).is("Hold").in(KEY, 3))
                .with(party(2).is("Answered").in(KEY, 4));

        assertThat(after.fold()).isEqualTo(FoldedSession.of(after));
    }

    @Test
    void shouldKnowWhetherAPlaceIsTaken() {
        Session session = Session.of(KEY, List.of(party(1).body("b").in(KEY, 2)));

        assertThat(session.hasPlaceOf(party(1).body("other").in(KEY, 2))).isTrue();
        assertThat(session.hasPlaceOf(party(1).body("b").in(KEY, 3))).isFalse();
        assertThat(session.hasPlaceOf(party(2).body("b").in(KEY, 2))).isFalse();
    }

    @Test
    void shouldFindTheEventOfEachPlace() {
        List<PartyEvent> events = new ArrayList<>();
        Session session = Session.empty(KEY);
        assertThat(session.at(new PartyEvent.Place(2, "p-a-1"))).isNull();

        for (int sequence = 2; sequence < 12; sequence += 2) {
            events.add(party(1).in(KEY, sequence));
            events.add(party(3).in(KEY, sequence));
            session = Session.of(KEY, events);

            for (PartyEvent event : events) {
                assertThat(session.at(event.place())).isSameAs(event);
                assertThat(session.indexOf(event.place())).isEqualTo(events.indexOf(event));
            }
            for (long missing = 1; missing < 12; missing += 2) {
                assertThat(session.at(new PartyEvent.Place(missing, "p-a-1"))).isNull();
            }
            assertThat(session.at(new PartyEvent.Place(sequence, "p-a-2"))).isNull();
            assertThat(session.at(new PartyEvent.Place(sequence, "p-a-4"))).isNull();
        }
    }

    @Test
    void shouldBeAnotherSessionWithOtherEventsOrAnotherKey() {
        SessionKey other = new SessionKey("2", "s-a");
        Session session = Session.of(KEY, List.of(party(1).in(KEY, 2)));

        assertThat(session)
                .isEqualTo(Session.of(KEY, List.of(party(1).in(KEY, 2))))
                .hasSameHashCodeAs(Session.of(KEY, List.of(party(1).in(KEY, 2))))
                .isNotEqualTo(Session.empty(KEY))
                .isNotEqualTo(new Session(other, session.events()));
    }

    @Test
    void shouldBeOrderedByAccountThenSession() {
        assertThat(KEY)
                .isLessThan(new SessionKey("2", "s-A"))
                .isLessThan(new SessionKey(TestEvent.ACCOUNT, "s-b"))
                .isEqualByComparingTo(new SessionKey(TestEvent.ACCOUNT, "s-a"));
    }

    @Test
    void shouldKnowWhichEventsChangeIt() {
        Session session = Session.of(KEY, List.of(party(1).body("b").in(KEY, 2)));

        assertThat(session.isChangedBy(party(1).body("b").in(KEY, 3))).isTrue();
        assertThat(session.isChangedBy(party(1).body("a").in(KEY, 2))).isTrue();
        assertThat(session.isChangedBy(party(1).body("c").in(KEY, 2))).isFalse();
        assertThat(session.isChangedBy(party(2).body("a").in(KEY, 2))).isTrue();
    }

    @Test
    void shouldHaveTheLatestNonEmptyIdAndOrigin() {
        FoldedSession session = FoldedSession.of(TestSessions.session(
                "a",
                party(1).sessionId("1").origin("Call"),
                party(1).sessionId("2").origin("Conference"),
                party(1)));

        assertThat(session.sessionId()).isEqualTo("2");
        assertThat(session.origin()).isEqualTo("Conference");
        assertThat(session.isConference()).isTrue();
    }

    @Test
    void shouldStartAtTheSmallestTimeOfItsEvents() {
        FoldedSession session =
                FoldedSession.of(TestSessions.session("a", party(1).at(500), party(2).at(400), party(1).at(900)));

        assertThat(session.startTime()).isEqualTo(400);
    }

    @Test
    void shouldFindMissingSequencesFromTwoToTheHighest() {
        FoldedSession session = FoldedSession.of(TestSessions.session(
                "a", party(1).sequence(0), party(1).sequence(4), party(2).sequence(4), party(1).sequence(7)));

        assertThat(session.missingSequences().ranges()).containsExactly(new Ranges.Range(2, 3), new Ranges.Range(5, 6));
    }

    @Test
    void shouldOrderItsPartiesByFirstSequence() {
        FoldedSession session =
                FoldedSession.of(TestSessions.session("a", party(3).at(900), party(2).at(100), party(1).sequence(2)));

        assertThat(session.parties()).extracting(Party::id).containsExactly("p-a-1", "p-a-3", "p-a-2");
    }

    // The initiator of a RingOut

    @Test
    void shouldFindTheInitiatorOfARingOutByItsRole() {
        FoldedSession session = FoldedSession.of(TestSessions.session(
                "a",
                party(1).origin("RingOut").ringOutRole("Target"),
                party(2).origin("RingOut").ringOutRole("Initiator")));

        assertThat(session.parties()).extracting(session::isRingOutInitiator).containsExactly(false, true);
    }

    @Test
    void shouldUseTheFirstPartyAsTheInitiatorIfNoneHasARole() {
        FoldedSession session =
                FoldedSession.of(TestSessions.session("a", party(2).origin("RingOut"), party(1).origin("RingOut")));

        assertThat(session.parties()).extracting(session::isRingOutInitiator).containsExactly(true, false);
    }

    @Test
    void shouldHaveNoInitiatorIfOnlyTheTargetHasARole() {
        FoldedSession session = FoldedSession.of(TestSessions.session(
                "a", party(1).origin("RingOut"), party(2).origin("RingOut").ringOutRole("Target")));

        assertThat(session.parties()).noneMatch(session::isRingOutInitiator);
    }

    @Test
    void shouldHaveNoInitiatorUnlessItIsARingOut() {
        FoldedSession session = FoldedSession.of(
                TestSessions.session("a", party(1).origin("Call").ringOutRole("Initiator")));

        assertThat(session.parties()).noneMatch(session::isRingOutInitiator);
    }
}
