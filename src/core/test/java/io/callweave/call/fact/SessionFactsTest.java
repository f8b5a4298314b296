package io.callweave.call.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.callweave.call.event.EventBody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionFactsTest {

    private static final LaterFact NOTES = fact(FactKind.INSIGHTS, "77", "CallNotes", 500L, "{}");
    private static final LaterFact SUMMARY = fact(FactKind.INSIGHTS, "77", "Summary", 500L, "{}");
    private static final LaterFact RECORDING = fact(FactKind.RECORDING, "77", "", 500L, "{}");
    private static final LaterFact MESSAGE = fact(FactKind.VOICEMAIL, "9", "", 500L, "{}");
    private static final LaterFact OTHER_MESSAGE = fact(FactKind.VOICEMAIL, "8", "", 500L, "{}");

    @Test
    void shouldHaveOneForEachIdentityInTheirOrder() {
        SessionFacts facts =
                SessionFacts.NONE.with(List.of(MESSAGE, SUMMARY, OTHER_MESSAGE, RECORDING, NOTES, MESSAGE, NOTES));

        assertThat(facts.facts()).containsExactly(NOTES, SUMMARY, RECORDING, OTHER_MESSAGE, MESSAGE);
        assertThat(facts.with(SUMMARY)).isSameAs(facts);
    }

    /** SHA-256 of "a" begins with ca, of "b" with 3e. */
    @Test
    void shouldTakeTheNewestAndOfEquallyNewOnesTheGreaterHash() {
        LaterFact newest = fact(FactKind.RECORDING, "77", "", 502L, "a");
        List<LaterFact> sent = new ArrayList<>(List.of(
                newest,
                fact(FactKind.RECORDING, "77", "", 502L, "b"),
                fact(FactKind.RECORDING, "77", "", 501L, "a"),
                fact(FactKind.RECORDING, "77", "", null, "a")));

        for (int seed = 0; seed < 24; seed++) {
            Collections.shuffle(sent, new Random(seed));

            assertThat(SessionFacts.NONE.with(sent).facts()).containsExactly(newest);
        }
    }

    @Test
    void shouldLeaveOutTheLastOneThatIsTooMany() {
        SessionFacts most = SessionFacts.NONE;
        for (int id = 1; id < SessionFacts.MOST; id++) {
            most = most.with(recording(id)).with(insight(id, "Summary")).with(insight(id, "CallNotes"));
        }
        most = most.with(MESSAGE);
        assertThat(most.isCapped()).isFalse();
        assertThat(most.facts()).hasSize(3 * SessionFacts.MOST - 2);

        LaterFact last = fact(FactKind.VOICEMAIL, "99", "", 500L, "{}");
        SessionFacts capped = most.with(last);

        assertThat(capped).isEqualTo(new SessionFacts(most.facts(), null, null, thing(last)));
        assertThat(capped.with(last)).isSameAs(capped);
        assertThat(capped.without(FactKind.VOICEMAIL, "99"))
                .as("nothing is left out, if nothing else was")
                .isEqualTo(most);
        SessionFacts full = capped.with(recording(0));
        assertThat(full.facts()).contains(recording(0)).doesNotContain(MESSAGE, last);
        assertThat(full.without(FactKind.VOICEMAIL, "99"))
                .as("there is no room for another message")
                .isSameAs(full);
        assertThat(most.with(insight(0, "Summary")).with(insight(-1, "Summary")).facts())
                .contains(insight(-1, "Summary"), MESSAGE)
                .doesNotContain(insight(SessionFacts.MOST - 1, "Summary"), insight(SessionFacts.MOST - 1, "CallNotes"));
    }

    @Test
    void shouldForgetARecordingOrMessageThatMovedToAnotherSession() {
        SessionFacts facts = SessionFacts.NONE.with(List.of(SUMMARY, RECORDING, MESSAGE, OTHER_MESSAGE));

        assertThat(facts.without(FactKind.RECORDING, "77").facts()).containsExactly(SUMMARY, OTHER_MESSAGE, MESSAGE);
        assertThat(facts.without(FactKind.VOICEMAIL, "9").facts()).containsExactly(SUMMARY, RECORDING, OTHER_MESSAGE);
        assertThat(facts.without(FactKind.VOICEMAIL, "77")).isSameAs(facts);
        assertThat(SessionFacts.NONE.with(MESSAGE).without(FactKind.VOICEMAIL, "9"))
                .isSameAs(SessionFacts.NONE);
        FactId other = new FactId(FactKind.VOICEMAIL, "99", "");
        assertThat(new SessionFacts(List.of(RECORDING, MESSAGE), null, null, other).without(FactKind.VOICEMAIL, "9"))
                .as("there is room again")
                .isEqualTo(new SessionFacts(List.of(RECORDING), null, null, null));
    }

    /** Whichever came first: the first by id stay, also where a later one would have room. */
    @Test
    void shouldLeaveOutWhatHasMoreTextThanASessionMayHave() {
        List<LaterFact> sent = new ArrayList<>();
        int each = SessionFacts.MOST_CHARACTERS / 5;
        for (int set = 0; set < 12; set++) {
            sent.add(texts(FactKind.INSIGHTS, set, set < 4 ? each : set == 4 ? each + 1 : 30));
            sent.add(texts(FactKind.CALL_LOG, set, each));
        }

        for (int seed = 0; seed < 24; seed++) {
            Collections.shuffle(sent, new Random(seed));

            SessionFacts facts = SessionFacts.NONE.with(sent);

            assertThat(facts.facts())
                    .extracting(fact -> fact.id().kind() + fact.id().id())
                    .containsExactly(
                            "CALL_LOG2000",
                            "CALL_LOG2001",
                            "CALL_LOG2002",
                            "CALL_LOG2003",
                            "CALL_LOG2004",
                            "INSIGHTS2000",
                            "INSIGHTS2001",
                            "INSIGHTS2002",
                            "INSIGHTS2003");
            assertThat(facts.isCapped()).isTrue();
        }
    }

    private static LaterFact texts(FactKind kind, int set, int characters) {
        FactContent content = new FactContent.Texts(List.of("x".repeat(characters - 20)));
        return new LaterFact(new FactId(kind, String.valueOf(2_000 + set), ""), 500L, EventBody.of("{}"), content);
    }

    private static FactId thing(LaterFact fact) {
        return new FactId(fact.id().kind(), fact.id().id(), "");
    }

    @Test
    void shouldBeTheSameNoticeWithoutTheTextsThatWereSent() {
        FactNotice sent =
                new FactNotice("1", FactKind.RECORDING, "77", new FactPlace.NamedByEvent(), List.of(RECORDING));

        FactNotice kept = sent.withoutTexts();

        assertThat(kept).isEqualTo(sent);
        assertThatIllegalStateException().isThrownBy(() -> kept.whole().body().text());
    }

    private static LaterFact recording(int id) {
        return fact(FactKind.RECORDING, String.valueOf(2_000 + id), "", 500L, "{}");
    }

    private static LaterFact insight(int set, String part) {
        return fact(FactKind.INSIGHTS, String.valueOf(2_000 + set), part, 500L, "{}");
    }

    private static LaterFact fact(FactKind kind, String id, String part, @Nullable Long modifiedAt, String body) {
        FactContent content = new FactContent.Texts(List.of());
        return new LaterFact(new FactId(kind, id, part), modifiedAt, EventBody.of(body), content);
    }
}
