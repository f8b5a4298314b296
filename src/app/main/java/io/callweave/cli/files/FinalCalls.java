package io.callweave.cli.files;

import io.callweave.call.record.CallRecord;
import io.callweave.record.RecordedCall;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of many revisions the last of each call that is not superseded, in the order of {@code assemble}. */
public final class FinalCalls {

    private static final Comparator<CallRecord> ORDER = Comparator.comparingLong(
                    (CallRecord call) -> call.times().startTime())
            .thenComparing(CallRecord::callId)
            .thenComparing(CallRecord::accountId);

    private final Map<String, Call> last = new HashMap<>();

    private record Call(CallRecord call, byte[] json) {}

    /** Takes a revision; of one call they come in their order. */
    public void add(byte[] json) throws IOException {
        CallRecord call = RecordedCall.of(json).call();
        last.put(call.accountId() + "/" + call.callId(), new Call(call, json));
    }

    public List<byte[]> inOrder() {
        return last.values().stream()
                .filter(call -> call.call().state() != CallRecord.State.SUPERSEDED)
                .sorted(Comparator.comparing(Call::call, ORDER))
                .map(Call::json)
                .toList();
    }
}
