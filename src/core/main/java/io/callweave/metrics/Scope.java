package io.callweave.metrics;

import java.util.Locale;

/** Which calls a window counts. */
public enum Scope implements Stored {
    ACCOUNT(0),
    EXTENSION(1),
    QUEUE(2),
    NUMBER(3),
    DEPARTMENT(4);

    private final int number;

    Scope(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
