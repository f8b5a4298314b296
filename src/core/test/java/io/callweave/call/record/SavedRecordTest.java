package io.callweave.call.record;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.TestEvent;
import io.callweave.call.TestSessions;
import io.callweave.call.session.Ranges;
import io.callweave.call.session.Session;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The record of a call that is too large, or that cannot be folded. */
class SavedRecordTest {

    private static final TestEvent CALLER = outbound(1).extension("104").from("+1");
    private static final TestEvent CALLED = inbound(2).to("+2");

    @Test
    void shouldListTheSessionsOfACallThatCannotBeFolded() {
        CallRecord record = CallRecord.ofSessionsOnly(List.of(
                session(
                        "a",
                        CALLER.at(700).sequence(3).sessionId("11"),
                        CALLED.at(900).sequence(5)),
                session("b", CALLED.at(600))));

        assertThat(record.callId()).isEqualTo("s-b");
        assertThat(record.accountId()).isEqualTo(TestEvent.ACCOUNT);
        assertThat(record.state()).isEqualTo(CallRecord.State.PARTIAL);
        assertThat(record.incomplete()).containsExactly(Incomplete.INTERNAL_ERROR);
        assertThat(record.times()).isEqualTo(new CallTimes(600, 900, null, null, 0, 0, 0));
        assertThat(record.sessions())
                .containsExactly(
                        new SessionRecord("s-b", null, null, 600, 600, 2, 2, new Ranges(List.of()), 1),
                        new SessionRecord("s-a", null, null, 700, 900, 3, 5, new Ranges(List.of()), 2));
        assertThat(record.parties()).isEmpty();
    }

    @Test
    void shouldKeepAllButThePartiesOfACallThatIsTooLarge() {
        CallRecord whole = TestSessions.record(
                CALLER.is("Disconnected").at(100), CALLED.is("Disconnected").at(900));

        CallRecord record = whole.withoutParties();

        assertThat(whole.state()).isEqualTo(CallRecord.State.COMPLETE);
        assertThat(record.state()).isEqualTo(CallRecord.State.PARTIAL);
        assertThat(record.incomplete()).containsExactly(Incomplete.CAPPED);
        assertThat(record.times()).isEqualTo(whole.times());
        assertThat(record.sessions()).isEqualTo(whole.sessions());
        assertThat(record.outcome()).isEqualTo(whole.outcome());
        assertThat(record.parties()).isEmpty();
        assertThat(record.graph().legs()).isEmpty();
        assertThat(record.graph().numbers()).isEmpty();
    }

    @Test
    void shouldSayThatItIsTooLargeAndLoseNothing() {
        CallRecord whole = TestSessions.record(
                CALLER.is("Disconnected").at(100), CALLED.is("Disconnected").at(900));

        CallRecord record = whole.capped();

        assertThat(record)
                .usingRecursiveComparison()
                .ignoringFields("state", "incomplete")
                .isEqualTo(whole);
        assertThat(record.state()).isEqualTo(CallRecord.State.PARTIAL);
        assertThat(record.incomplete()).containsExactly(Incomplete.CAPPED);
    }

    @Test
    void shouldKeepIdsAndTimesOfACallWithTextsThatAreTooLarge() {
        CallRecord whole = TestSessions.record(
                CALLER.sessionId("11").is("Disconnected").at(100),
                CALLED.is("Disconnected").at(900));

        CallRecord record = whole.withoutParties().withoutTexts();

        assertThat(record.callId()).isEqualTo(whole.callId());
        assertThat(record.incomplete()).containsExactly(Incomplete.CAPPED);
        assertThat(record.times()).isEqualTo(whole.times());
        assertThat(record.outcome()).isEqualTo(whole.outcome());
        assertThat(record.from()).isNull();
        assertThat(record.sessions())
                .containsExactly(new SessionRecord("s-a", null, null, 100, 900, 2, 3, new Ranges(List.of()), 2));
    }

    @Test
    void shouldBePartialIfEventsWereLeftOut() {
        Session session = session("a", CALLER.is("Disconnected"), CALLED.is("Disconnected"));

        CallRecord record =
                CallRecord.of(Call.of(List.of(session), List.of(), List.of(), true, List.of()), CallRules.DEFAULT);

        assertThat(record.incomplete()).containsExactly(Incomplete.CAPPED);
        assertThat(record.state()).isEqualTo(CallRecord.State.PARTIAL);
    }
}
