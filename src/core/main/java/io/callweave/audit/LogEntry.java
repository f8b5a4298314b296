package io.callweave.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.callweave.call.event.Address;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A record of the Call Log ({@code CallLogRecord} in RingCentral's specification). Times are milliseconds since the epoch.
 *
 * @param telephonySessionId null for what is no call, such as a fax that was sent
 * @param durationMs null while the log does not say it
 * @param extensionId of the user that the record belongs to
 * @param legSessions sessions that its legs name
 * @param lastModified 0 if the log does not say it
 * @param raw as received, with its legs
 */
public record LogEntry(
        String id,
        @Nullable String telephonySessionId,
        String type,
        String direction,
        String action,
        String result,
        long startTime,
        @Nullable Long durationMs,
        @Nullable Address from,
        @Nullable Address to,
        @Nullable String extensionId,
        Set<String> legSessions,
        long lastModified,
        JsonNode raw) {

    private static final long SECOND_MS = 1_000;

    /** Of an entry and its addresses, without texts. */
    private static final int OBJECTS = 200;

    /** Of an empty text. */
    private static final int TEXT = 48;

    /** Null if it has no id or no start, or was deleted. */
    public static @Nullable LogEntry of(JsonNode record) {
        Long start = time(record.path("startTime"));
        String id = text(record, "id");
        if (start == null || id == null || record.path("deleted").asBoolean()) {
            return null;
        }
        Long modified = time(record.path("lastModifiedTime"));
        return new LogEntry(
                id,
                text(record, "telephonySessionId"),
                record.path("type").asText(),
                record.path("direction").asText(),
                record.path("action").asText(),
                record.path("result").asText(),
                start,
                duration(record),
                address(record.path("from")),
                address(record.path("to")),
                text(record.path("extension"), "id"),
                legSessions(record),
                modified == null ? 0 : modified,
                record);
    }

    /** Whether the log may still change what it says of the call: it has no length, or words of a call that goes on. */
    public boolean isUnsettled() {
        return durationMs == null || LogWords.isUnsettled(this);
    }

    /** The same without what was received, which is most of it. */
    public LogEntry withoutRaw() {
        return new LogEntry(
                id,
                telephonySessionId,
                type,
                direction,
                action,
                result,
                startTime,
                durationMs,
                from,
                to,
                extensionId,
                legSessions,
                lastModified,
                MissingNode.getInstance());
    }

    /** In bytes, without what was received; about. */
    public long memory() {
        long length = 0;
        for (String text :
                new @Nullable String[] {id, telephonySessionId, type, direction, action, result, extensionId}) {
            length += memory(text);
        }
        for (String session : legSessions) {
            length += memory(session);
        }
        return OBJECTS + length + memory(from) + memory(to);
    }

    /** In bytes; about. */
    static long memory(@Nullable Address address) {
        return address == null
                ? 0
                : memory(address.phoneNumber())
                        + memory(address.name())
                        + memory(address.extensionId())
                        + memory(address.extensionNumber());
    }

    /** In bytes, with any letters; about. */
    static long memory(@Nullable String text) {
        return text == null ? 0 : TEXT + 2L * text.length();
    }

    private static @Nullable Long duration(JsonNode record) {
        if (record.path("durationMs").isNumber()) {
            return record.path("durationMs").asLong();
        }
        return record.path("duration").isNumber() ? record.path("duration").asLong() * SECOND_MS : null;
    }

    private static Set<String> legSessions(JsonNode record) {
        Set<String> sessions = new TreeSet<>();
        for (JsonNode leg : record.path("legs")) {
            String session = text(leg, "telephonySessionId");
            if (session != null) {
                sessions.add(session);
            }
        }
        return Collections.unmodifiableSet(sessions);
    }

    private static @Nullable Address address(JsonNode json) {
        return json.isObject()
                ? new Address(
                        text(json, "phoneNumber"),
                        text(json, "name"),
                        text(json, "extensionId"),
                        text(json, "extensionNumber"))
                : null;
    }

    private static @Nullable String text(JsonNode json, String field) {
        String text = json.path(field).asText("");
        return text.isEmpty() || json.path(field).isNull() ? null : text;
    }

    private static @Nullable Long time(JsonNode json) {
        try {
            Instant time = OffsetDateTime.parse(json.asText()).toInstant();
            return time.toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }
}
