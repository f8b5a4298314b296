package io.callweave.metrics;

/** What is measured of a call, in milliseconds. */
public enum Figure implements Stored {
    RING(0),
    TALK(1),
    HOLD(2),
    TIME_TO_ANSWER(3),
    DURATION(4);

    private final int number;

    Figure(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }
}
