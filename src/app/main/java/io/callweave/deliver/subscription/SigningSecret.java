package io.callweave.deliver.subscription;

import org.jspecify.annotations.Nullable;

/**
 * A secret as a subscription keeps it: encrypted, or where it is found.
 *
 * @param stored {@code aes:…}, {@code env:NAME} or {@code file:NAME}
 * @param until when it stops to sign, in milliseconds since the epoch; null for never
 */
public record SigningSecret(String stored, @Nullable Long until) {

    /** The kind alone. */
    @Override
    public String toString() {
        return stored.substring(0, stored.indexOf(':') + 1) + "…";
    }

    /** Whether it signs at this time. */
    public boolean signs(long now) {
        return until == null || now < until;
    }
}
