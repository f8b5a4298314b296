package io.callweave.call.record;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.completion.Completion;
import io.callweave.call.completion.Continuations;
import java.util.SortedSet;
import java.util.TreeSet;

/** Why a record is not complete. A record without any of these is complete and can be used for billing. */
public enum Incomplete {
    /** No event of the call was seen; RingCentral's Call Log tells of it. */
    BACKFILLED("backfilled"),
    /** The call has more events or parties than are kept. */
    CAPPED("capped"),
    /** Folding failed; the record holds what could be saved. */
    INTERNAL_ERROR("internalError"),
    /** A peer was named that was never seen. */
    MISSING_SESSION("missingSession"),
    /** A party is not over. */
    NO_FINAL_STATUS("noFinalStatus"),
    /** A session has sequence numbers without a usable event. */
    SEQUENCE_GAP("sequenceGap"),
    /** A party ended for a reason that announces a successor, and none was seen. */
    UNSEEN_CONTINUATION("unseenContinuation");

    private final String wireName;

    Incomplete(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static SortedSet<Incomplete> of(Call call, CallRules rules) {
        SortedSet<Incomplete> reasons = new TreeSet<>();
        if (call.isCapped()) {
            reasons.add(CAPPED);
        }
        if (!call.missingSessions().isEmpty()) {
            reasons.add(MISSING_SESSION);
        }
        if (!call.isOver()) {
            reasons.add(NO_FINAL_STATUS);
        }
        if (rules.gapsCount(call.accountId()) && Completion.hasGap(call)) {
            reasons.add(SEQUENCE_GAP);
        }
        // A party that names a peer session is covered: that session was either seen or is missing.
        if (Continuations.unseen(call).stream().anyMatch(party -> party.peer() == null)) {
            reasons.add(UNSEEN_CONTINUATION);
        }
        return reasons;
    }
}
