package io.callweave.bridge;

import org.jspecify.annotations.Nullable;

/**
 * What an {@link Intake} makes of notifications.
 *
 * @param prefix of the topics' names
 * @param maxBytes the largest notification
 * @param privacyKey of the hashes; null if nothing is hashed
 * @param timestamps of the records
 */
public record IntakeRules(String prefix, int maxBytes, byte @Nullable [] privacyKey, TimestampSource timestamps) {

    /** As they come, and nothing hashed. */
    public static IntakeRules of(String prefix, int maxBytes) {
        return new IntakeRules(prefix, maxBytes, null, TimestampSource.OF_KAFKA);
    }

    public IntakeRules withTimestamps(TimestampSource source) {
        return new IntakeRules(prefix, maxBytes, privacyKey, source);
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "IntakeRules[" + prefix + ", " + maxBytes + "]";
    }
}
