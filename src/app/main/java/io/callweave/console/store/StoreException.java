package io.callweave.console.store;

/** The store cannot be used, such as when the disk is full. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
