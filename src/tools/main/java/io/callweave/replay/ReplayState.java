package io.callweave.replay;

import java.util.List;

/**
 * What is remembered of a replay, so that another one can go on with it.
 *
 * @param recording the names of the recording
 * @param target where it goes
 * @param position everything before it was taken
 * @param sent how many notifications that is
 * @param underway it has not ended in order, as far as this knows: some after the position may have been taken, too
 */
public record ReplayState(List<String> recording, String target, Position position, long sent, boolean underway) {

    /** Nothing was replayed yet. */
    public static ReplayState begin(ReplaySource recording, String target) {
        return new ReplayState(recording.names(), target, Position.START, 0, false);
    }

    ReplayState at(Position newPosition, long newSent) {
        return new ReplayState(recording, target, newPosition, newSent, true);
    }

    ReplayState ended() {
        return new ReplayState(recording, target, position, sent, false);
    }
}
