package io.callweave.explain;

import io.callweave.call.event.PartyEvent;
import io.callweave.explain.replay.StageReplay;

/**
 * A party event that was received, and its effect.
 *
 * @param index its position among all events of the account
 */
record Arrival(int index, RecordedLine line, PartyEvent event, StageReplay.Effect effect) {

    boolean isBefore(Arrival other) {
        return index < other.index;
    }

    boolean isOf(Emitted emitted) {
        return emitted.cause() != null && emitted.cause().index == index;
    }

    /** Whether its notification caused this emission. */
    boolean isWithCauseOf(Emitted emitted) {
        return emitted.cause() != null && emitted.cause().line().equals(line);
    }

    /** Whether the call had another id afterwards. */
    boolean changedTheCall() {
        return effect.fate() == StageReplay.Fate.KEPT || effect.fate() == StageReplay.Fate.REPLACES;
    }
}
