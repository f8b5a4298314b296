package io.callweave.files;

import org.jspecify.annotations.Nullable;

/**
 * Something on this machine stops the work: a file, a directory, a port. The message is one sentence for the user and
 * names the thing.
 */
public class LocalException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LocalException(String message) {
        this(message, null);
    }

    public LocalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
