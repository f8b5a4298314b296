package io.callweave.bridge.spool.disk;

/** The spool cannot be used. The message is a sentence that says where and why. */
public final class SpoolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SpoolException(String message, Throwable cause) {
        super(message, cause);
    }
}
