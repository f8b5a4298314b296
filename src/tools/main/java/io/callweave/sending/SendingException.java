package io.callweave.sending;

import org.jspecify.annotations.Nullable;

/** Notifications cannot be sent; the message is one sentence for the person who started it. */
public final class SendingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SendingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
