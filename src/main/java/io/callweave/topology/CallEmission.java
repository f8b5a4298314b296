package io.callweave.topology;

import io.callweave.call.CompletionReason;

/**
 * A record for {@code calls}.
 *
 * @param status what the record says of itself
 * @param json the record
 * @param lastReceivedAt receipt of the latest notification of the call, in milliseconds since the epoch
 */
record CallEmission(
        String accountId,
        String callId,
        TopologyMetrics.Emitted status,
        CompletionReason reason,
        byte[] json,
        long lastReceivedAt) {

    /** Account first, because one telephony session can be a call of two accounts. */
    String key() {
        return accountId + "/" + callId;
    }
}
