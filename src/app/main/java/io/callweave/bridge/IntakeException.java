package io.callweave.bridge;

/** Kafka did not take a notification. The message says which one and why. */
public final class IntakeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IntakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
