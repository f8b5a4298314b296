package io.callweave.ringcentral;

import java.util.concurrent.Semaphore;

/**
 * What a long answer takes of the room that all of them share, until what was made of it is not needed any longer. There is room
 * for the longest one, so each finds some in the end.
 */
public final class AnswerRoom implements AutoCloseable {

    private static final Semaphore LEFT = new Semaphore((int) AnswerReader.MOST_BYTES, true);

    private int taken;
    private boolean closed;

    /** Waits until there is room. */
    void take(int bytes) {
        LEFT.acquireUninterruptibly(bytes);
        synchronized (this) {
            if (closed) { // nobody has waited for it
                LEFT.release(bytes);
            } else {
                taken += bytes;
            }
        }
    }

    public synchronized boolean isTaken() {
        return taken > 0;
    }

    /** Gives it back, also what is taken later. */
    @Override
    public synchronized void close() {
        closed = true;
        LEFT.release(taken);
        taken = 0;
    }
}
