package io.callweave.metrics;

/** The durations of a call that windows add up, in milliseconds. */
public enum Figure implements Stored {
    RING(0),
    TALK(1),
    HOLD(2),
    TIME_TO_ANSWER(3),
    DURATION(4),
    /** Talk and hold of a call that was answered: what contact centres call handle time, without work after the call. */
    HANDLE(5);

    private final int number;

    Figure(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
