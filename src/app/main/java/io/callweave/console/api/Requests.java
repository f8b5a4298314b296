package io.callweave.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.fact.FactKind;
import io.callweave.call.record.CallOutcome;
import io.callweave.console.store.CallStore;
import io.callweave.console.store.ListFilter;
import io.callweave.console.store.ListOrder;
import io.callweave.console.store.StoredCall;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The bodies of requests. A member that is not known is an error, so that a misspelt filter does not match everything. */
final class Requests {

    static final int MOST_ROWS = 500;

    static final int USUAL_ROWS = 100;
    private static final int LONGEST_TEXT = 200;

    /** RingCentral's have some 40 characters, and nobody says that others cannot be longer. */
    private static final int LONGEST_ID = 2_000;

    /** Two ids with up to three bytes a character, the order, its value and the time, in Base64. */
    private static final int LONGEST_CURSOR = 8 * LONGEST_ID + 100;

    private static final String[] QUEUE_OUTCOMES = {
        "answered", "answeredElsewhere", "voicemail", "overflow", "abandoned", "fax"
    };

    /** Of a cursor: order, value, start, account and call. */
    private static final int PARTS = 5;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Set<String> MEMBERS = Set.of(
            "account",
            "from",
            "to",
            "fromDay",
            "toDay",
            "text",
            "extension",
            "queue",
            "queueOutcome",
            "direction",
            "outcome",
            "status",
            "minTalkMs",
            "transferred",
            "artifact",
            "limit",
            "sort",
            "cursor",
            "format");

    private Requests() {}

    /** @param format csv or ndjson */
    record Asked(
            ListFilter filter,
            AskedDays days,
            ListOrder order,
            int limit,
            CallStore.@Nullable Place after,
            String format) {}

    static Asked asked(byte[] body) {
        JsonNode json;
        try {
            json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw ApiException.invalid("The body is not JSON.");
        } catch (IOException e) {
            throw ApiException.invalid("The body cannot be read.");
        }
        if (!json.isObject()) {
            throw ApiException.invalid("A JSON object is expected.");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw ApiException.invalid(
                        "There is no member " + name.substring(0, Math.min(40, name.length())) + ".");
            }
        });
        Long limit = number(json, "limit");
        String format = word(json, "format", "csv", "ndjson");
        String sort = word(json, "sort", "start", "wait", "talk");
        ListOrder order = sort == null ? ListOrder.START : ListOrder.valueOf(sort.toUpperCase(Locale.ROOT));
        return new Asked(
                filter(json),
                new AskedDays(text(json, "fromDay"), text(json, "toDay")),
                order,
                limit == null ? USUAL_ROWS : (int) Math.max(1, Math.min(MOST_ROWS, limit)),
                place(text(json, "cursor", LONGEST_CURSOR), order),
                format == null ? "csv" : format);
    }

    private static ListFilter filter(JsonNode json) {
        return new ListFilter(
                text(json, "account", LONGEST_ID),
                time(json, "from"),
                time(json, "to"),
                text(json, "text"),
                text(json, "extension"),
                queue(json),
                word(json, "direction", "Inbound", "Outbound", "Internal"),
                outcomes(json.path("outcome")),
                word(json, "status", "complete", "partial", "backfilled"),
                number(json, "minTalkMs"),
                flag(json, "transferred"),
                word(json, "artifact", FactKind.artifacts()),
                List.of(),
                null);
    }

    private static @Nullable String queue(JsonNode json) {
        String queue = text(json, "queue");
        String outcome = word(json, "queueOutcome", QUEUE_OUTCOMES);
        if (outcome == null) {
            return queue;
        }
        if (queue == null) {
            throw ApiException.invalid("queueOutcome needs a queue.");
        }
        return StoredCall.inQueue(queue, outcome);
    }

    private static List<String> outcomes(JsonNode json) {
        List<String> outcomes = new ArrayList<>();
        if (json.isMissingNode() || json.isNull()) {
            return outcomes;
        }
        if (!json.isArray()) {
            throw ApiException.invalid("outcome must be an array of words.");
        }
        for (JsonNode each : json) {
            if (!CallOutcome.words().contains(each.asText())) {
                throw ApiException.invalid(
                        "outcome must have these words only: " + String.join(", ", CallOutcome.words()) + ".");
            }
            outcomes.add(each.asText());
        }
        return outcomes;
    }

    private static @Nullable String text(JsonNode json, String name) {
        return text(json, name, LONGEST_TEXT);
    }

    private static @Nullable String text(JsonNode json, String name, int longest) {
        JsonNode found = json.path(name);
        if (found.isMissingNode() || found.isNull()) {
            return null;
        }
        if (!found.isTextual() || found.asText().length() > longest) {
            throw ApiException.invalid(name + " must be a text of at most " + longest + " characters.");
        }
        return found.asText().isBlank() ? null : found.asText();
    }

    private static @Nullable String word(JsonNode json, String name, String... words) {
        String text = text(json, name);
        if (text != null && !List.of(words).contains(text)) {
            throw ApiException.invalid(name + " must be one of " + String.join(", ", words) + ".");
        }
        return text;
    }

    private static @Nullable Long number(JsonNode json, String name) {
        JsonNode found = json.path(name);
        if (found.isMissingNode() || found.isNull()) {
            return null;
        }
        if (!found.isIntegralNumber() || !found.canConvertToLong() || found.asLong() < 0) {
            throw ApiException.invalid(name + " must be a whole number.");
        }
        return found.asLong();
    }

    private static @Nullable Boolean flag(JsonNode json, String name) {
        JsonNode found = json.path(name);
        if (found.isMissingNode() || found.isNull()) {
            return null;
        }
        if (!found.isBoolean()) {
            throw ApiException.invalid(name + " must be true or false.");
        }
        return found.asBoolean();
    }

    private static @Nullable Long time(JsonNode json, String name) {
        String text = text(json, name);
        try {
            return text == null ? null : Long.valueOf(Timestamps.millis(text));
        } catch (DateTimeException e) {
            throw ApiException.invalid(name + " must be a time such as 2026-11-20T08:00:00Z.");
        }
    }

    /** Where the next page begins, as one word. The beginning of a very long id is enough to go on after it. */
    static String cursor(CallStore.Place place) {
        String text = String.join(
                "\n",
                place.order().word(),
                Long.toString(place.value()),
                Long.toString(place.startTime()),
                beginning(place.accountId()),
                beginning(place.callId()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String beginning(String id) {
        return id.substring(0, Math.min(LONGEST_ID, id.length()));
    }

    private static CallStore.@Nullable Place place(@Nullable String cursor, ListOrder order) {
        if (cursor == null) {
            return null;
        }
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", PARTS);
            if (parts.length == PARTS && parts[0].equals(order.word())) {
                return new CallStore.Place(
                        order, Long.parseLong(parts[1]), Long.parseLong(parts[2]), parts[3], parts[4]);
            }
        } catch (IllegalArgumentException notOurs) {
            // As below.
        }
        throw ApiException.invalid("cursor must be the member next of an answer with the same sort.");
    }
}
