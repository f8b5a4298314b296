package io.callweave.explain;

import io.callweave.call.PartyEvent;
import io.callweave.topology.Replay;

/**
 * A party event that was received, and what became of it.
 *
 * @param index its place among all of the account
 */
record Arrival(int index, RecordedLine line, PartyEvent event, Replay.Step step) {

    boolean isBefore(Arrival other) {
        return index < other.index;
    }

    boolean isOf(Emitted emitted) {
        return emitted.cause() != null && emitted.cause().index == index;
    }

    /** Whether the call was another one afterwards. */
    boolean changedTheCall() {
        return step.fate() == Replay.Fate.KEPT || step.fate() == Replay.Fate.REPLACES;
    }
}
