package io.callweave.call.session;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.event.Recording;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.SessionFacts;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MentionTest {

    private static final Recording RECORDING = new Recording("77", true);

    @Test
    void shouldBeOfTheEarliestEventThatNamesIt() {
        Session session = session(
                "a",
                inbound(1).at(100),
                inbound(1).recordings(new Recording(null, true), RECORDING).at(500),
                inbound(2).recordings(RECORDING).message("9").at(300),
                inbound(3).recordings(RECORDING).message("9").at(300));

        Mention recording = new Mention(FactKind.RECORDING, "77", 300, "p-a-2");
        Mention message = new Mention(FactKind.VOICEMAIL, "9", 300, "p-a-2");
        assertThat(Mention.of(session)).containsExactly(recording, message);
        assertThat(session.events()).extracting(Mention::isIn).containsExactly(false, true, true, true);
    }

    /** A session can name 200,000, and each is looked up; a record shows the first 100 by id, and that there are more. */
    @Test
    void shouldNotBeOfMoreThanARecordShows() {
        Session session = session(
                "a",
                IntStream.range(0, 40)
                        .mapToObj(event -> inbound(event + 1)
                                .recordings(IntStream.range(0, 100)
                                        .mapToObj(number ->
                                                new Recording(Integer.toString(9_999 - 100 * event - number), true))
                                        .toArray(Recording[]::new)))
                        .toArray(TestEvent[]::new));

        assertThat(Mention.of(session))
                .extracting(Mention::id)
                .hasSize(SessionFacts.MOST + 1)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .contains("6000", "6100")
                .doesNotContain("6101");
    }
}
