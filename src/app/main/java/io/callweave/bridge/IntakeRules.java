package io.callweave.bridge;

import io.callweave.settings.InsightsDetail;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Intake} makes of notifications.
 *
 * @param prefix of the topics' names
 * @param maxBytes the largest notification
 * @param privacyKey of the hashes; null if nothing is hashed
 * @param timestamps of the records
 * @param insights how much of AI insights is kept
 * @param takesOurs whether it takes what only our own bridge may say, as files and topics of ours do; a transport
 *     does not
 */
public record IntakeRules(
        String prefix,
        int maxBytes,
        byte @Nullable [] privacyKey,
        TimestampSource timestamps,
        InsightsDetail insights,
        boolean takesOurs) {

    /** Rules of a transport, with insights in short. */
    public IntakeRules(String prefix, int maxBytes, byte @Nullable [] privacyKey, TimestampSource timestamps) {
        this(prefix, maxBytes, privacyKey, timestamps, InsightsDetail.SUMMARY, false);
    }

    /** As they come, and nothing hashed. */
    public static IntakeRules of(String prefix, int maxBytes) {
        return new IntakeRules(prefix, maxBytes, null, TimestampSource.OF_KAFKA);
    }

    public IntakeRules withTimestamps(TimestampSource source) {
        return new IntakeRules(prefix, maxBytes, privacyKey, source, insights, takesOurs);
    }

    public IntakeRules withInsights(InsightsDetail detail) {
        return new IntakeRules(prefix, maxBytes, privacyKey, timestamps, detail, takesOurs);
    }

    /** For what comes from files and topics of ours. */
    public IntakeRules takingOurs() {
        return new IntakeRules(prefix, maxBytes, privacyKey, timestamps, insights, true);
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "IntakeRules[" + prefix + ", " + maxBytes + "]";
    }
}
