package io.callweave.metrics;

/**
 * A constant that state stores hold by its number. Never change a number, and never use it again for another constant.
 */
public interface Stored {

    int number();
}
