package io.callweave.console.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.Json;
import io.callweave.console.view.NamesIn;
import io.callweave.directory.DirectoryLookup;
import java.nio.charset.StandardCharsets;
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
        ObjectNode row,
        String extensions,
        String queues,
        String text,
        byte[] packed) {

    /** The status of calls that are part of another one. */
    static final String SUPERSEDED = "superseded";

    /**
     * Reads a record.
     *
     * @throws IllegalArgumentException if it is no call
     */
    public static StoredCall of(JsonNode call, byte[] record, long emittedAt, DirectoryLookup directory) {
        Long start = Json.time(call, "startTime");
        String account = Json.text(call, "accountId");
        String id = Json.text(call, "callId");
        if (start == null || account == null || id == null) {
            throw new IllegalArgumentException("The record is no call.");
        }
        ObjectNode row = CallRow.of(call, directory);
        Set<String> extensions = NamesIn.extensions(call);
        return new StoredCall(
                account,
                id,
                call.path("epoch").asInt(),
                call.path("revision").asInt(),
                start,
                emittedAt,
                row,
                ids(extensions),
                ids(Json.stream(row.path("queues"))
                        .map(queue -> queue.path("id").asText())
                        .collect(Collectors.toSet())),
                text(call, row, NamesIn.of(account, extensions, directory)),
                Packed.pack(record));
    }

    /** With a space around each, so that one is not found in another. */
    private static String ids(Set<String> ids) {
        return " " + String.join(" ", ids) + " ";
    }

    /** KnownNames in lower case and numbers as digits, one a line. */
    private static String text(JsonNode call, JsonNode row, JsonNode names) {
        Set<String> lines = new TreeSet<>();
        Json.stream(call.path("numbers")).forEach(number -> {
            add(lines, Json.text(number, "name"));
            addDigits(lines, Json.text(number, "phoneNumber"));
            addDigits(lines, Json.text(number, "extensionNumber"));
        });
        add(lines, row.at("/from/label").asText());
        add(lines, row.at("/to/label").asText());
        add(lines, Json.text(call, "callerName"));
        Json.stream(row.path("queues"))
                .forEach(queue -> add(lines, queue.path("label").asText()));
        names.forEach(name -> add(lines, name.asText()));
        return String.join("\n", lines);
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
        return number.chars()
                .filter(c -> c >= '0' && c <= '9')
                .mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    byte[] rowBytes() {
        return row.toString().getBytes(StandardCharsets.UTF_8);
    }
}
