package io.callweave.call.record;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What became of a call, as docs/figures.md counts calls of an account. Of several, the first one that fits counts. */
public enum CallOutcome {
    FAX,
    /** Its only purpose was to listen to another call; such a call is in no window. */
    MONITORING,
    ANSWERED,
    VOICEMAIL,
    UNANSWERED,
    ABANDONED,
    MISSED;

    /** Results of RingCentral's Call Log that mean that somebody spoke with the caller. INFER. */
    private static final Set<String> ANSWERED_IN_LOG =
            Set.of("Accepted", "Call connected", "Answered Elsewhere", "Phone Login", "911", "933");

    private static final Set<String> VOICEMAIL_RESULTS = Set.of("Voicemail", "Sent to Voicemail");

    /** The outcome of a record. */
    public static CallOutcome of(CallRecord call) {
        if (call.outcome().type().equals("Fax")) {
            return FAX;
        }
        if (call.outcome().action().equals("Monitoring")) {
            return MONITORING;
        }
        String result = call.outcome().result();
        if (call.times().answerTime() != null || (call.isBackfilled() && ANSWERED_IN_LOG.contains(result))) {
            return ANSWERED;
        }
        if (VOICEMAIL_RESULTS.contains(result)) {
            return VOICEMAIL;
        }
        if (call.goesOut()) {
            return UNANSWERED;
        }
        // An internal call has the result of an outgoing one, and a record that was too large has no parties.
        return result.equals("Abandoned") || call.parties().stream().anyMatch(PartyRecord::queueCall)
                ? ABANDONED
                : MISSED;
    }

    /** As in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All of them, as in JSON. */
    public static List<String> words() {
        return Arrays.stream(values()).map(CallOutcome::word).toList();
    }
}
