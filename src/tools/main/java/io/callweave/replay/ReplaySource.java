package io.callweave.replay;

import java.util.List;

/** Where recorded notifications come from. */
public interface ReplaySource {

    /** What a recording is read into. */
    @FunctionalInterface
    interface Sink {

        /**
         * Takes the next one.
         *
         * @throws InterruptedException if no more is wanted
         */
        void accept(Recorded next) throws InterruptedException;
    }

    /** Its identity, so that a later replay can continue it. */
    List<String> names();

    /** The total, in units of {@link #sizeOf}; 0 if it is unknown. */
    long size();

    /** How much of {@link #size()} one of it is. */
    long sizeOf(Recorded one);

    /**
     * Reads it in order.
     *
     * @param from where to begin in each part; from its beginning where it does not say
     * @throws io.callweave.files.LocalException if it cannot be read
     * @throws InterruptedException what the sink throws
     */
    void read(Position from, Sink sink) throws InterruptedException;
}
