package io.callweave.deliver.subscription;

import org.jspecify.annotations.Nullable;

/** A secret cannot be kept or found; the message is one sentence and shows no secret. */
public final class SecretException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SecretException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
