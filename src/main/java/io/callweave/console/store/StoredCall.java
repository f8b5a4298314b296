package io.callweave.console.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.console.view.CallOutcome;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.Json;
import io.callweave.console.view.NamesIn;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A record with what it is found by.
 *
 * @param emittedAt when this record was emitted, in milliseconds since the epoch
 * @param packed the record as on the topic, packed
 */
public record StoredCall(
        String accountId,
        String callId,
        int epoch,
        int revision,
        long startTime,
        long emittedAt,
        String status,
        String direction,
        String outcome,
        long talkMs,
        @Nullable Long waitMs,
        int transfers,
        String extensions,
        String queues,
        String text,
        byte[] packed) {

    /** The status of calls that are part of another one. */
    static final String SUPERSEDED = "superseded";

    /**
     * Reads a record. Names of the directory are no part of it: they change, so those who ask look them up.
     *
     * @throws IllegalArgumentException if it is no call
     */
    public static StoredCall of(JsonNode call, byte[] record, long emittedAt) {
        Long start = Json.time(call, "startTime");
        String account = Json.text(call, "accountId");
        String id = Json.text(call, "callId");
        if (start == null || account == null || id == null) {
            throw new IllegalArgumentException("The record is no call.");
        }
        return new StoredCall(
                account,
                id,
                call.path("epoch").asInt(),
                call.path("revision").asInt(),
                start,
                emittedAt,
                call.path("status").asText(),
                CallRow.direction(call),
                CallOutcome.of(call).word(),
                call.path("talkMs").asLong(),
                CallRow.waitMs(call),
                call.path("transfers").size(),
                ids(NamesIn.extensions(call)),
                ids(Json.stream(call.path("queues"))
                        .map(queue -> queue.path("queueExtensionId").asText())
                        .collect(Collectors.toSet())),
                text(call),
                Packed.pack(record));
    }

    /** With a space around each, so that one is not found in another. */
    private static String ids(Set<String> ids) {
        return " " + String.join(" ", ids) + " ";
    }

    /** Names in lower case and numbers as digits, one a line. */
    private static String text(JsonNode call) {
        Set<String> lines = new TreeSet<>();
        Json.stream(call.path("numbers")).forEach(number -> address(lines, number));
        address(lines, call.path("from"));
        address(lines, call.path("to"));
        add(lines, Json.text(call, "callerName"));
        Json.stream(call.path("queues")).forEach(queue -> add(lines, Json.text(queue, "name")));
        return String.join("\n", lines);
    }

    private static void address(Set<String> lines, JsonNode address) {
        add(lines, Json.text(address, "name"));
        addDigits(lines, Json.text(address, "phoneNumber"));
        addDigits(lines, Json.text(address, "extensionNumber"));
    }

    private static void add(Set<String> lines, @Nullable String name) {
        if (name != null) {
            lines.add(name.toLowerCase(Locale.ROOT));
        }
    }

    private static void addDigits(Set<String> lines, @Nullable String number) {
        if (number != null) {
            lines.add(digits(number));
        }
    }

    /** What people write around digits differs. */
    static String digits(String number) {
        StringBuilder digits = new StringBuilder(number.length());
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if (c >= '0' && c <= '9') {
                digits.append(c);
            }
        }
        return digits.toString();
    }
}
