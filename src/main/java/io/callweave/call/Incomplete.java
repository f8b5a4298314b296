package io.callweave.call;

import java.util.SortedSet;
import java.util.TreeSet;

/** Why a record cannot be relied on as a whole; a record with none of these is complete and can be billed on. */
public enum Incomplete {
    /** The call has more events or parties than are kept. */
    CAPPED("capped"),
    /** Folding failed; this is what could be saved. */
    INTERNAL_ERROR("internalError"),
    /** A peer was named that was never seen. */
    MISSING_SESSION("missingSession"),
    /** Some party is not over. */
    NO_FINAL_STATUS("noFinalStatus"),
    /** Some session has sequence numbers that no usable event has. */
    SEQUENCE_GAP("sequenceGap");

    private final String wireName;

    Incomplete(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    static SortedSet<Incomplete> of(Call call, CallRules rules) {
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
        if (rules.gapsCount() && Completion.hasGap(call)) {
            reasons.add(SEQUENCE_GAP);
        }
        return reasons;
    }
}
