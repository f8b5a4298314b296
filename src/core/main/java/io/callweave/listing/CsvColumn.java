package io.callweave.listing;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.fact.FactKind;
import io.callweave.value.CsvText;
import io.callweave.words.CallWords;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The columns of a call as CSV, in their order. A field that is null is an empty cell. They are fields of the JSON as it is:
 * a call that is read back has no recordings and no {@code extension}.
 */
enum CsvColumn {
    CALL_ID("callId"),
    ACCOUNT_ID("accountId"),
    REVISION("revision"),
    EPOCH("epoch"),
    STATUS("status"),
    INCOMPLETE("incomplete", call -> CsvCell.words(call.path("incomplete"), "")),
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
    FROM_PHONE_NUMBER("fromPhoneNumber", call -> CsvCell.of(call.at("/from/phoneNumber"))),
    FROM_NAME("fromName", call -> CsvCell.of(call.at("/from/name"))),
    FROM_EXTENSION_ID("fromExtensionId", CsvColumn::fromExtension),
    CALLER_NAME("callerName"),
    TO_PHONE_NUMBER("toPhoneNumber", call -> CsvCell.of(call.at("/to/phoneNumber"))),
    TO_NAME("toName", call -> CsvCell.of(call.at("/to/name"))),
    TO_EXTENSION_ID("toExtensionId", call -> CsvCell.of(call.at("/to/extensionId"))),
    ANSWERED_BY_EXTENSION_ID("answeredByExtensionId", call -> CsvCell.of(call.at("/answeredBy/extensionId"))),
    ANSWERED_BY_NAME("answeredByName", call -> CsvCell.of(call.at("/answeredBy/name"))),
    QUEUES("queues", call -> CsvCell.words(call.path("queues"), "queueExtensionId")),
    /** A name can have spaces and commas. */
    QUEUE_NAMES("queueNames", (call, words) -> String.join("; ", words.queueNames())),
    TRANSFERS("transfers", call -> CsvCell.words(call.path("transfers"), "kind")),
    RECORDING_CONTENT_URI("recordingContentUri", call -> CsvCell.of(call.at("/recording/contentUri"))),
    VOICEMAIL_CONTENT_URI("voicemailContentUri", call -> CsvCell.artifacts(call, "contentUri", FactKind.VOICEMAIL)),
    SUMMARY("summary", call -> CsvCell.artifacts(call, "summary", FactKind.INSIGHTS)),
    SENTIMENT("sentiment", call -> CsvCell.artifacts(call, "sentiment", FactKind.INSIGHTS)),
    SESSIONS("sessions", call -> Integer.toString(call.path("sessions").size())),
    PARTIES("parties", call -> Integer.toString(call.path("parties").size())),
    /** As people read them: names of the directory first. */
    FROM_LABEL("fromLabel", (call, words) -> words.caller()),
    TO_LABEL("toLabel", (call, words) -> words.called()),
    ANSWERED_BY_LABEL("answeredByLabel", (call, words) -> Objects.requireNonNullElse(words.answeredBy(), "")),
    /** The whole call step by step, with times from its start. */
    JOURNEY("journey", (call, words) -> String.join(" / ", words.journey()));

    private final String title;
    private final BiFunction<JsonNode, CallWords, String> value;

    CsvColumn(String field) {
        this(field, call -> CsvCell.of(call.path(field)));
    }

    CsvColumn(String title, Function<JsonNode, String> value) {
        this.title = title;
        this.value = (call, words) -> value.apply(call);
    }

    /** @param value any text; the cell is no formula */
    CsvColumn(String title, BiFunction<JsonNode, CallWords, String> value) {
        this.title = title;
        this.value = value.andThen(CsvText::of);
    }

    String title() {
        return title;
    }

    /**
     * The cell of a call.
     *
     * @param words the same call
     */
    String in(JsonNode call, CallWords words) {
        return value.apply(call, words);
    }

    /** The customer of a RingOut is shown only a number of the user who calls. */
    private static String fromExtension(JsonNode call) {
        JsonNode sent = call.at("/from/extensionId");
        boolean ringOut = call.path("action").asText().equals("RingOut Web");
        return CsvCell.of(ringOut && !sent.isTextual() ? call.at("/extension/id") : sent);
    }
}
