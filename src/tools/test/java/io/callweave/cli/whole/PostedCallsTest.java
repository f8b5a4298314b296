package io.callweave.cli.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.whole.PostedCalls.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostedCallsTest {

    private static final State WELL = new State(false, "HTTP 200", 0, false);

    private State state = State.QUIET;
    private long nanos;
    private final PostedCalls posted = new PostedCalls("https://crm.example.com", () -> state, () -> nanos);

    private static State refused(long waiting) {
        return new State(true, "HTTP 401", waiting, false);
    }

    @Test
    void shouldTellOnceThatTheEndpointRefusesCallsAndOnceThatItTakesThemAgain() {
        state = WELL;
        assertThat(posted.news()).isEmpty();

        state = refused(0);
        assertThat(posted.news()).as("not counted yet").isEmpty();
        state = refused(1);
        assertThat(posted.news()).hasValue("https://crm.example.com answers 401; 1 call waits.");
        state = refused(2);
        assertThat(posted.news()).isEmpty();
        state = WELL;

        assertThat(posted.news()).hasValue("https://crm.example.com takes calls again.");
        assertThat(posted.news()).isEmpty();
    }

    @Test
    void shouldRepeatHowManyCallsWaitAfterAMinuteIfTheNumberChanged() {
        state = refused(1);
        var unused = posted.news();

        nanos += Duration.ofMinutes(1).toNanos();
        assertThat(posted.news()).isEmpty();
        state = refused(12);

        assertThat(posted.news()).hasValue("https://crm.example.com answers 401; 12 calls wait.");
    }

    @Test
    void shouldTellAnotherReasonAtOnce() {
        state = refused(1);
        var unused = posted.news();

        state = new State(true, "no answer in time", 2, false);

        assertThat(posted.news()).hasValue("https://crm.example.com gets no calls: no answer in time; 2 calls wait.");
    }

    @Test
    void shouldTellThatNothingMoreIsPosted() {
        state = new State(true, "HTTP 410", 0, false);
        assertThat(posted.news()).hasValueSatisfying(news -> assertThat(news).contains("410", "until the next start"));

        state = new State(true, "HTTP 401", 3, true);

        assertThat(posted.news())
                .hasValueSatisfying(news -> assertThat(news).contains("3 calls wait, ", "until the next start"));
    }

    @Test
    void shouldTellInTheEndWhatIsOpen() {
        state = WELL;
        assertThat(posted.open()).isEmpty();

        state = new State(false, "HTTP 200", 2, false);
        assertThat(posted.open())
                .hasValueSatisfying(open -> assertThat(open).startsWith("2 calls are not posted yet."));

        state = refused(4);

        assertThat(posted.open()).hasValue("https://crm.example.com answers 401; 4 calls wait.");
    }
}
