package io.callweave.explain;

import io.callweave.explain.replay.StageReplay;
import java.io.IOException;

/** Every revision of every call that a recording leads to, as {@code run} emits them on one partition. */
public final class Revisions {

    private Revisions() {}

    /** Takes a record. */
    @FunctionalInterface
    public interface Taker {

        void take(byte[] call) throws IOException;
    }

    /** Replays the recording, and passes on what goes out, in order of emission. */
    public static void replay(RecordedLines recording, StageReplay replay, Taker taker) throws IOException {
        for (RecordedLine line : recording.lines()) {
            if (line.receivedAt() == null) {
                continue;
            }
            for (StageReplay.Emission emission : replay.passTo(line.receivedAt())) {
                taker.take(emission.json());
            }
            for (StageReplay.Emission emission : replay.accept(line.events()).emissions()) {
                taker.take(emission.json());
            }
            if (line.fact() != null) {
                // What comes of it comes later, when it has settled.
                replay.accept(line.fact().notice(), line.fact().value());
            }
        }
        for (StageReplay.Emission emission : replay.passToTheEnd()) {
            taker.take(emission.json());
        }
    }
}
