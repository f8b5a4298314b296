package io.callweave.console.store;

/** All readers of the store have been busy for long. */
public final class StoreBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreBusyException() {
        super("All readers of the console's store are busy.");
    }
}
