package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.platform.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A way in which the call log can be made to differ from the calls, so that a comparison can be tested. */
public enum LogDifference {
    /** It shows a call that nobody was notified of. */
    MISSING_HERE("missingHere"),
    /** It does not show the call. */
    MISSING_THERE("missingThere"),
    /** The call begins later, and lasts longer. */
    TIMES("times"),
    RESULT("result"),
    DIRECTION("direction"),
    /** Somebody else was called. */
    PARTY("party"),
    /** It shows the call twice. */
    DOUBLED("doubled"),
    /** It shows the call as two, one after the other. */
    CUT("cut"),
    /** It shows the call in the log of another account. */
    OTHER_ACCOUNT("otherAccount"),
    /** It never says how the call ended. */
    UNSETTLED("unsettled");

    private static final Duration SHORTEST = Duration.ofSeconds(20);
    private static final Duration SHIFT = Duration.ofSeconds(7);

    private final String word;

    LogDifference(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /**
     * The difference of a word.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static LogDifference of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + word + "\" is none of "
                        + String.join(
                                ", ",
                                Stream.of(values()).map(LogDifference::word).toList()) + "."));
    }

    /** Whether every difference would be one in this call: it has one session, and a side that is outside. */
    static boolean fits(JsonNode truth) {
        return truth.path("sessions").size() == 1
                && !truth.path("internal").asBoolean()
                && truth.path("status").asText().equals("complete")
                && truth.path("type").asText().equals("Voice")
                && truth.path("action").asText().equals("Phone Call")
                && truth.path("durationMs").asLong() >= SHORTEST.toMillis();
    }

    /**
     * What the log shows instead of a record.
     *
     * @param record stays as it is
     */
    List<ObjectNode> of(ObjectNode record) {
        ObjectNode other = record.deepCopy();
        switch (this) {
            case MISSING_THERE -> {
                return List.of();
            }
            case MISSING_HERE -> {
                String session = record.path("telephonySessionId").asText();
                rename(other, "x");
                setEverywhere(other, "telephonySessionId", session.substring(0, session.length() - 4) + "0bad");
                return List.of(record, other);
            }
            case TIMES -> {
                shift(other, SHIFT);
                last(other, record.path("durationMs").asLong() + 2 * SHIFT.toMillis());
            }
            case RESULT -> {
                boolean answered = List.of("Accepted", "Call connected")
                        .contains(record.path("result").asText());
                boolean outbound = record.path("direction").asText().equals("Outbound");
                setEverywhere(
                        other,
                        "result",
                        answered ? (outbound ? "No Answer" : "Missed") : (outbound ? "Call connected" : "Accepted"));
            }
            case DIRECTION ->
                other.put("direction", record.path("direction").asText().equals("Outbound") ? "Inbound" : "Outbound");
            case PARTY ->
                other.putObject("to").put("phoneNumber", "+15550199999").put("name", "Somebody else");
            case DOUBLED -> {
                rename(other, "x");
                return List.of(record, other);
            }
            case CUT -> {
                long half = record.path("durationMs").asLong() / 2;
                ObjectNode first = record.deepCopy();
                last(first, half);
                rename(other, "x");
                shift(other, Duration.ofMillis(half));
                last(other, record.path("durationMs").asLong() - half);
                return List.of(first, other);
            }
            case UNSETTLED -> {
                other.put("result", "In Progress");
                other.remove(List.of("duration", "durationMs"));
            }
            case OTHER_ACCOUNT -> {
                return List.of(record);
            }
        }
        return List.of(other);
    }

    private static void rename(ObjectNode record, String suffix) {
        String id = record.path("id").asText();
        record.put("id", id + suffix).put("uri", record.path("uri").asText() + suffix);
    }

    private static void setEverywhere(ObjectNode record, String field, String value) {
        record.put(field, value);
        for (JsonNode leg : (ArrayNode) record.path("legs")) {
            ((ObjectNode) leg).put(field, value);
        }
    }

    private static void shift(ObjectNode record, Duration by) {
        record.put(
                "startTime",
                WireJson.time(Instant.parse(record.path("startTime").asText()).plus(by)));
    }

    private static void last(ObjectNode record, long millis) {
        record.put("duration", millis / 1000).put("durationMs", millis);
    }
}
