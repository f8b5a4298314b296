package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How a call ended, as docs/metrics.md counts calls of an account. */
public enum CallOutcome {
    ANSWERED,
    ABANDONED,
    MISSED,
    VOICEMAIL,
    UNANSWERED,
    FAX,
    MONITORING;

    /** The first that fits. */
    public static CallOutcome of(JsonNode call) {
        if (Json.is(call, "type", "Fax")) {
            return FAX;
        }
        if (Json.is(call, "action", "Monitoring")) {
            return MONITORING;
        }
        if (call.path("answerTime").isTextual()) {
            return ANSWERED;
        }
        if (Json.is(call, "result", "Voicemail")) {
            return VOICEMAIL;
        }
        if (Json.is(call, "direction", "Outbound") && !call.path("internal").asBoolean()) {
            return UNANSWERED;
        }
        return wasQueued(call) ? ABANDONED : MISSED;
    }

    /** A colleague's call has the result of an outgoing one, and a record that was too large has no parties. */
    private static boolean wasQueued(JsonNode call) {
        return Json.is(call, "result", "Abandoned")
                || Json.stream(call.path("parties"))
                        .anyMatch(party -> party.path("queueCall").asBoolean());
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
