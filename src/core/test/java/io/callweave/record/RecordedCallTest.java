package io.callweave.record;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.over;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.TestSessions;
import io.callweave.call.event.Address;
import io.callweave.call.record.CallRecord;
import io.callweave.metrics.Count;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.WindowRules;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RecordedCallTest {

    /** A colleague hangs up while the queue plays music: no agent was rung, and the result is that of an outgoing call. */
    @Test
    void shouldCountACallOfAColleagueThatAQueueHadAsAbandoned() throws IOException {
        CallRecord call = TestSessions.record(over(
                30_000,
                outbound(1).extension("101").is("Setup"),
                inbound(2)
                        .extension("900")
                        .queueCall(true)
                        .to(new Address(null, null, "900", null))
                        .is("Setup")));

        CallRecord read = RecordedCall.read(new ObjectMapper().readTree(CallRecordJson.write(call, 1)));

        assertThat(ofAccount(read)).isEqualTo(ofAccount(call)).contains(Count.ABANDONED);
    }

    /** A phone can say that a queue rings it without the queue's extension. */
    @Test
    void shouldCountACallOfAColleagueToAnUnknownQueueAsAbandoned() throws IOException {
        CallRecord call = TestSessions.record(over(
                30_000,
                outbound(1).extension("101").is("Setup"),
                inbound(2).extension("102").queueCall(true).to("5001").is("Proceeding")));

        CallRecord read = RecordedCall.read(new ObjectMapper().readTree(CallRecordJson.write(call, 1)));

        assertThat(call.queues()).isEmpty();
        assertThat(ofAccount(read)).isEqualTo(ofAccount(call)).contains(Count.ABANDONED);
    }

    private static Set<Count> ofAccount(CallRecord call) {
        return CountedCall.of(call, WindowRules.DEFAULT)
                .shares()
                .get(0)
                .measures()
                .counts();
    }
}
