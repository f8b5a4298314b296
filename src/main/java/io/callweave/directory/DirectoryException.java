package io.callweave.directory;

import org.jspecify.annotations.Nullable;

/** What should describe extensions does not. The message of a record is one sentence, that of a file a clause. */
public final class DirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DirectoryException(String message) {
        this(message, null);
    }

    public DirectoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
