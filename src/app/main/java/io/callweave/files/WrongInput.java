package io.callweave.files;

import org.jspecify.annotations.Nullable;

/** A file that the user named cannot be used: wrong usage. The message is one sentence that names it. */
public final class WrongInput extends LocalException {

    private static final long serialVersionUID = 1L;

    public WrongInput(String message) {
        this(message, null);
    }

    public WrongInput(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
