package io.callweave.deliver.manage;

import org.jspecify.annotations.Nullable;

/** A subscription cannot be created, found or changed. The message is one sentence for the user and shows no secret. */
public final class SubscriptionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What is wrong. */
    public enum Kind {
        /** A value cannot be used. */
        INVALID,
        /** The caller may not do this. */
        FORBIDDEN,
        NOT_FOUND,
        /** The subscription is in a state that does not allow it. */
        CONFLICT,
        /** The caller has asked for too much at a time. */
        TOO_MANY,
        /** Kafka does not take or give it. */
        UNAVAILABLE
    }

    public SubscriptionException(Kind kind, String message) {
        this(kind, message, null);
    }

    public SubscriptionException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
