package io.callweave.topology;

import io.callweave.call.CallRecord;
import io.callweave.call.CompletionReason;
import io.callweave.metrics.WindowKey;
import org.jspecify.annotations.Nullable;

/** What stage 2 gives out. */
sealed interface Stage2Output
        permits Stage2Output.CallEmission,
                Stage2Output.LiveUpdate,
                Stage2Output.PartyRow,
                Stage2Output.WindowUpdate,
                Stage2Output.TooLate,
                DeadLetter {

    /** Receipt of the notification that caused it, in milliseconds since the epoch. */
    long lastReceivedAt();

    /**
     * A record of a finished call.
     *
     * @param call what the record says; null if it says that the call is part of another one now
     * @param json the record
     */
    record CallEmission(
            String accountId,
            String callId,
            CompletionReason reason,
            @Nullable CallRecord call,
            long revision,
            byte[] json,
            long lastReceivedAt)
            implements Stage2Output {}

    /**
     * A record of a live call.
     *
     * @param json null for a call that is live no more under this id
     */
    record LiveUpdate(String accountId, String callId, byte @Nullable [] json, long lastReceivedAt)
            implements Stage2Output {}

    /**
     * The row of a party of a finished call.
     *
     * @param reason of the call record that it comes with
     */
    record PartyRow(String key, CompletionReason reason, byte[] json, long lastReceivedAt) implements Stage2Output {}

    /**
     * The figures of a window.
     *
     * @param json null for a window that no call is in any more
     */
    record WindowUpdate(WindowKey window, String key, byte @Nullable [] json, long lastReceivedAt)
            implements Stage2Output {}

    /** A party event of a session that was closed. */
    record TooLate(HopMessage.Event event, long lastReceivedAt) implements Stage2Output {}

    /** The key of everything that is about one call: account first, because a session can be a call of two accounts. */
    static String callKey(String accountId, String callId) {
        return accountId + "/" + callId;
    }
}
