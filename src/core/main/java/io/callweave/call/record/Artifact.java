package io.callweave.call.record;

import io.callweave.call.fact.FactKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recording, a voicemail message or a set of AI insights of a call. Times are milliseconds since the epoch; null means
 * "not known".
 *
 * @param partyId of the party that was recorded, or left in whose mailbox the message is
 * @param extensionId whose it is
 * @param contentUri where RingCentral has it
 * @param readyAt null until RingCentral has it ready
 * @param insights what the insights say; {@link Insights#NONE} of other kinds
 */
public record Artifact(
        FactKind kind,
        String id,
        String telephonySessionId,
        @Nullable String partyId,
        @Nullable String extensionId,
        @Nullable String contentUri,
        @Nullable String contentType,
        @Nullable Long durationMs,
        @Nullable Long createdAt,
        @Nullable Long readyAt,
        Insights insights) {

    /**
     * What RingCentral's AI says of a recording.
     *
     * @param sentiment as sent, such as Positive
     * @param score as sent
     */
    public record Insights(
            @Nullable String recordingId,
            @Nullable String summary,
            @Nullable String notes,
            List<String> nextSteps,
            @Nullable String sentiment,
            @Nullable String score) {

        public static final Insights NONE = new Insights(null, null, null, List.of(), null, null);

        private int characters() {
            return length(summary)
                    + length(notes)
                    + nextSteps.stream().mapToInt(String::length).sum()
                    + length(sentiment)
                    + length(score);
        }
    }

    /** About how many its texts have together. */
    int characters() {
        return id.length() + length(contentUri) + length(contentType) + insights.characters();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
