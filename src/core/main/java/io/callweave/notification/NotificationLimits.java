package io.callweave.notification;

import io.callweave.checks.Check;

/**
 * The largest notification that is accepted.
 *
 * @param maxBytes a larger one is {@code tooLarge}
 * @param maxParties one with more entries in {@code parties} is {@code tooManyParties}; RingCentral sends one
 */
public record NotificationLimits(int maxBytes, int maxParties) {

    public static final NotificationLimits DEFAULT = new NotificationLimits(1 << 20, 200);

    public NotificationLimits {
        Check.atLeast("notifications.max-bytes", 1, maxBytes);
        Check.atLeast("notifications.max-parties", 1, maxParties);
    }
}
