package io.callweave.deliver.subscription;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether a subscription gets posts. */
public enum SubscriptionState {
    /** Its endpoint has not answered the first test yet; nothing else is posted or kept for it. */
    UNVERIFIED,
    ACTIVE,
    /** Somebody paused it; what happens meanwhile waits. */
    PAUSED,
    /** Its endpoint failed for too long; what happens meanwhile waits. */
    SUSPENDED;

    /** Whether calls are kept for it. */
    public boolean collects() {
        return this != UNVERIFIED;
    }

    /** Whether webhooks are posted to it; to one that is not verified, tests. */
    public boolean isPosted() {
        return this == ACTIVE || this == UNVERIFIED;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<SubscriptionState> of(String wireName) {
        return Arrays.stream(values())
                .filter(state -> state.wireName().equals(wireName))
                .findFirst();
    }
}
