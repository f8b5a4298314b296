package io.callweave.bench.competitors.correctness;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is compared of a call, in the truth and in a record of any subject.
 *
 * @param key account and call
 * @param sessions account and session of each; empty if a record does not list them
 * @param marked whether it says that something is missing
 */
public record TrueCall(
        String key, List<String> sessions, long start, long durationMs, boolean answered, boolean marked) {

    /** Reads a truth or a record. */
    public static TrueCall of(JsonNode call) {
        String account = call.path("accountId").asText() + "/";
        List<String> sessions = new ArrayList<>();
        call.path("sessions")
                .forEach(session -> sessions.add(
                        account + session.path("telephonySessionId").asText()));
        return new TrueCall(
                account + call.path("callId").asText(),
                List.copyOf(sessions),
                Instant.parse(call.path("startTime").asText()).toEpochMilli(),
                call.path("durationMs").asLong(),
                call.path("answerTime").isTextual(),
                !call.path("incomplete").isEmpty());
    }

    /** Whether nothing of the call arrived, so that nobody can know of it. */
    static boolean isUnseen(JsonNode truth) {
        long sent = 0;
        for (JsonNode session : truth.path("sessions")) {
            sent += session.path("partyEvents").asLong();
        }
        long lost = 0;
        for (JsonNode session : truth.path("dropped")) {
            for (JsonNode range : session.path("sequences")) {
                lost += range.path(1).asLong() - range.path(0).asLong() + 1;
            }
        }
        return lost >= sent;
    }

    public boolean isAs(TrueCall truth) {
        return start == truth.start && durationMs == truth.durationMs && answered == truth.answered;
    }
}
