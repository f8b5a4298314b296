package io.callweave.topology.message;

import io.callweave.call.completion.CompletionReason;
import io.callweave.topics.Headers;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The headers of output records. Those of one notification have the same account and time, which are made once. */
public final class OutputHeaders {

    private final Header epoch;
    private final Map<CompletionReason, Header> reasons = new EnumMap<>(CompletionReason.class);
    private String account = "";
    private Header ofAccount = Headers.text(Headers.ACCOUNT, account);
    private long time;
    private Header ofTime = Headers.time(Headers.LAST_RECEIVED_AT, time);

    /** @param epoch of the application's state */
    public OutputHeaders(long epoch) {
        this.epoch = Headers.text(Headers.EPOCH, Long.toString(epoch));
        for (CompletionReason reason : CompletionReason.values()) {
            reasons.put(reason, Headers.text(Headers.COMPLETION_REASON, reason.wireName()));
        }
    }

    /** The headers of one output. */
    public RecordHeaders of(StageOutput.OfAccount output) {
        if (!output.accountId().equals(account)) {
            account = output.accountId();
            ofAccount = Headers.text(Headers.ACCOUNT, account);
        }
        if (output.lastReceivedAt() != time) {
            time = output.lastReceivedAt();
            ofTime = Headers.time(Headers.LAST_RECEIVED_AT, time);
        }
        RecordHeaders headers = Headers.ofOutput(ofAccount, ofTime, epoch);
        CompletionReason reason = output.reason();
        Header ofReason = reason == null ? null : reasons.get(reason);
        return ofReason == null ? headers : (RecordHeaders) headers.add(ofReason);
    }
}
