package io.callweave.metrics;

/** A constant that stores hold by its number, which is never changed and never used again for another. */
public interface Stored {

    int number();
}
