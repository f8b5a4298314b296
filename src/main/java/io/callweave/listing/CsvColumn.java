package io.callweave.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The columns of a call as CSV, in their order. A field that is null is an empty cell. */
enum CsvColumn {
    CALL_ID("callId"),
    ACCOUNT_ID("accountId"),
    REVISION("revision"),
    STATUS("status"),
    INCOMPLETE("incomplete", call -> words(call.path("incomplete"), "")),
    SUPERSEDED_BY("supersededBy"),
    TYPE("type"),
    DIRECTION("direction"),
    INTERNAL("internal"),
    ACTION("action"),
    RESULT("result"),
    START_TIME("startTime"),
    ANSWER_TIME("answerTime"),
    END_TIME("endTime"),
    DURATION_MS("durationMs"),
    TIME_TO_ANSWER_MS("timeToAnswerMs"),
    RING_MS("ringMs"),
    TALK_MS("talkMs"),
    HOLD_MS("holdMs"),
    PARK_MS("parkMs"),
    FROM_PHONE_NUMBER("fromPhoneNumber", call -> cell(call.at("/from/phoneNumber"))),
    FROM_NAME("fromName", call -> cell(call.at("/from/name"))),
    FROM_EXTENSION_ID("fromExtensionId", call -> cell(call.at("/from/extensionId"))),
    TO_PHONE_NUMBER("toPhoneNumber", call -> cell(call.at("/to/phoneNumber"))),
    TO_NAME("toName", call -> cell(call.at("/to/name"))),
    TO_EXTENSION_ID("toExtensionId", call -> cell(call.at("/to/extensionId"))),
    ANSWERED_BY_EXTENSION_ID("answeredByExtensionId", call -> cell(call.at("/answeredBy/extensionId"))),
    ANSWERED_BY_NAME("answeredByName", call -> cell(call.at("/answeredBy/name"))),
    QUEUES("queues", call -> words(call.path("queues"), "queueExtensionId")),
    TRANSFERS("transfers", call -> words(call.path("transfers"), "kind")),
    SESSIONS("sessions", call -> Integer.toString(call.path("sessions").size())),
    PARTIES("parties", call -> Integer.toString(call.path("parties").size()));

    /** Spreadsheets take a cell that begins so for a formula, and a caller chooses the own name. */
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\t\r\n].*", Pattern.DOTALL);

    private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[0-9]+");

    private final String title;
    private final Function<JsonNode, String> value;

    CsvColumn(String field) {
        this(field, call -> cell(call.path(field)));
    }

    CsvColumn(String title, Function<JsonNode, String> value) {
        this.title = title;
        this.value = value;
    }

    String title() {
        return title;
    }

    String in(JsonNode call) {
        return value.apply(call);
    }

    private static String cell(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        String text = value.asText();
        return value.isTextual()
                        && FORMULA.matcher(text).matches()
                        && !PHONE_NUMBER.matcher(text).matches()
                ? "'" + text
                : text;
    }

    /** The words of a list, or those that its elements have in a field, with spaces between them. */
    private static String words(JsonNode list, String field) {
        List<String> words = new ArrayList<>();
        list.forEach(element -> words.add(cell(field.isEmpty() ? element : element.path(field))));
        return String.join(" ", words);
    }
}
