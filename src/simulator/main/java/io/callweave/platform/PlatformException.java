package io.callweave.platform;

/** The server cannot start or stop; the message is one sentence for the person who started it. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlatformException(String message, Exception cause) {
        super(message, cause);
    }
}
