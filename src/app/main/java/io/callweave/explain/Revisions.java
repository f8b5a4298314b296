package io.callweave.explain;

import io.callweave.explain.replay.StageReplay;
import java.io.IOException;
import java.util.List;

/** Every revision of every call that a recording leads to, as {@code run} emits them on one partition. */
public final class Revisions {

    private final StageReplay replay;
    private final Taker taker;

    /** Passes on what goes out, in order of emission. */
    public Revisions(StageReplay replay, Taker taker) {
        this.replay = replay;
        this.taker = taker;
    }

    /** Takes a record. */
    @FunctionalInterface
    public interface Taker {

        void take(byte[] call) throws IOException;
    }

    /** The next line is received. */
    public void line(RecordedLine line) throws IOException {
        if (line.receivedAt() == null) {
            return;
        }
        emit(replay.passTo(line.receivedAt()));
        emit(replay.accept(line.events()).emissions());
        if (line.fact() != null) {
            // What comes of it comes later, when it has settled.
            replay.accept(line.fact().notice(), line.source(), line.fact().value());
        }
    }

    /** No more lines come: the time passes until nothing waits. */
    public void end() throws IOException {
        emit(replay.passToTheEnd());
    }

    private void emit(List<StageReplay.Emission> emissions) throws IOException {
        for (StageReplay.Emission emission : emissions) {
            taker.take(emission.json());
        }
    }
}
