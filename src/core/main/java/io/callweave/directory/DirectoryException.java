package io.callweave.directory;

import org.jspecify.annotations.Nullable;

/**
 * A file or record does not describe extensions. The message for a record is one sentence, that for a file a clause.
 */
public final class DirectoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DirectoryException(String message) {
        this(message, null);
    }

    public DirectoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
