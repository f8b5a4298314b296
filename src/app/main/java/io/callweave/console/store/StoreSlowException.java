package io.callweave.console.store;

/** What was asked for takes longer than one may read. */
public final class StoreSlowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreSlowException() {
        super("Reading the console's store took too long.");
    }
}
