package io.callweave.feedgap;

/** A record describes no gap. The message is one sentence and shows no value. */
public final class FeedGapException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FeedGapException(String message, Throwable cause) {
        super(message, cause);
    }
}
