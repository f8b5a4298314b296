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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IncompleteTest {

    private static final TestEvent CALLER = outbound(1).is("Disconnected");
    private static final TestEvent AGENT = inbound(2).extension("101").is("Disconnected");
    private static final CallRules GAPS_IGNORED = new CallRules(false);

    @Test
    void shouldBeCompleteIfNothingIsOpen() {
        CallRecord record = TestSessions.record(CALLER, AGENT);

        assertThat(record.incomplete()).isEmpty();
        assertThat(record.state()).isEqualTo(CallRecord.State.COMPLETE);
    }

    @Test
    void shouldBePartialIfSomebodyIsNotOver() {
        CallRecord record = TestSessions.record(CALLER, AGENT.is("Answered"));

        assertThat(record.incomplete()).containsExactly(Incomplete.NO_FINAL_STATUS);
        assertThat(record.state()).isEqualTo(CallRecord.State.PARTIAL);
    }

    @Test
    void shouldBePartialIfASequenceIsMissing() {
        CallRecord record = TestSessions.record(CALLER, AGENT.sequence(9));

        assertThat(record.incomplete()).containsExactly(Incomplete.SEQUENCE_GAP);
        assertThat(record.state()).isEqualTo(CallRecord.State.PARTIAL);
    }

    @Test
    void shouldListMissingSequencesButBeCompleteWhereGapsAreIgnored() {
        CallRecord record = CallRecord.of(TestSessions.call(CALLER, AGENT.sequence(9)), GAPS_IGNORED);

        assertThat(record.incomplete()).isEmpty();
        assertThat(record.state()).isEqualTo(CallRecord.State.COMPLETE);
        assertThat(record.sessions().get(0).missing().ranges()).containsExactly(new Ranges.Range(3, 8));
    }

    @Test
    void shouldIgnoreGapsOfOneAccountAlone() {
        Call call = TestSessions.call(CALLER, AGENT.sequence(9));

        assertThat(Incomplete.of(call, new CallRules(true, Map.of(TestEvent.ACCOUNT, false))))
                .isEmpty();
        assertThat(Incomplete.of(call, new CallRules(true, Map.of("2", false))))
                .containsExactly(Incomplete.SEQUENCE_GAP);
        assertThat(Incomplete.of(call, new CallRules(false, Map.of(TestEvent.ACCOUNT, true))))
                .containsExactly(Incomplete.SEQUENCE_GAP);
    }

    @Test
    void shouldBePartialIfASequenceIsMissingInAnyOfItsSessions() {
        Call call = TestSessions.call(session("a", CALLER, AGENT), session("b", CALLER.sequence(3)));

        assertThat(Incomplete.of(call, CallRules.DEFAULT)).containsExactly(Incomplete.SEQUENCE_GAP);
    }

    @Test
    void shouldBePartialIfAPeerWasNeverSeen() {
        CallRecord record = CallRecord.of(Call.of(List.of(session("a", CALLER, AGENT)), List.of("s-x")), GAPS_IGNORED);

        assertThat(record.incomplete()).containsExactly(Incomplete.MISSING_SESSION);
        assertThat(record.state()).isEqualTo(CallRecord.State.PARTIAL);
        assertThat(record.missingSessions()).containsExactly("s-x");
    }

    @Test
    void shouldNameAllReasonsSorted() {
        Call call = Call.of(List.of(session("a", CALLER.is("Setup").sequence(3))), List.of("s-x"));

        assertThat(Incomplete.of(call, CallRules.DEFAULT))
                .extracting(Incomplete::wireName)
                .containsExactly("missingSession", "noFinalStatus", "sequenceGap");
        assertThat(Arrays.stream(Incomplete.values()).map(Incomplete::wireName))
                .containsExactly(
                        "backfilled",
                        "capped",
                        "internalError",
                        "missingSession",
                        "noFinalStatus",
                        "sequenceGap",
                        "unseenContinuation");
    }
}
