package io.callweave.runtime.startup;

import org.jspecify.annotations.Nullable;

/** The cluster, or this machine, does not let Callweave run. The message is one sentence for the operator. */
public final class OperationsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OperationsException(String sentence) {
        this(sentence, null);
    }

    public OperationsException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
