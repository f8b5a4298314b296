package io.callweave.directory;

import static io.callweave.value.Meaning.says;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.callweave.value.JsonLimits;
import io.callweave.value.ValueType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Entries as the values of their topic: JSON, UTF-8. Others may write there too, so the reader accepts only valid
 * values.
 */
public final class DirectoryJson {

    public static final ValueType<DirectoryEntry> ENTRY = ValueType.<DirectoryEntry>named(
                    "directory",
                    says("What is known of each extension, an optional input; the last value of a key counts, and a tombstone "
                                    + "deletes.")
                            .see("connect.md#names-of-extensions"))
            .keyed("accountId/extensionId", true, "schemaVersion", "source?")
            .text("accountId", DirectoryEntry::accountId, says("The account.").pattern("^[^/]+$"))
            .text(
                    "extensionId",
                    DirectoryEntry::extensionId,
                    says("RingCentral's id of the extension, not the dialled number.")
                            .pattern("^[^/]+$"))
            .textOrNull("name", DirectoryEntry::name, says("Its display name."))
            .text(
                    "type",
                    DirectoryEntry::type,
                    says("Its type: `user`, `queue` or `ivr`.").known("user", "queue", "ivr"))
            .textOrNull("site", DirectoryEntry::site, says("Its site."))
            .textOrNull(
                    "department",
                    DirectoryEntry::department,
                    says("The department of its user; the scope `department` counts by it."))
            .textOrNull(
                    "timeZone",
                    DirectoryEntry::timeZone,
                    says("Its name in the tz database. For information only: windows do not use it."))
            .end();

    private static final int USUAL_SIZE = 256;

    private static final Set<String> TYPES = Set.of(DirectoryEntry.USER, DirectoryEntry.QUEUE, DirectoryEntry.IVR);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * The parser must not show the value in its messages, because it can contain names. The sender chooses the field
     * names.
     */
    private static final ObjectMapper READER = JsonMapper.builder(JsonFactory.builder()
                    .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private DirectoryJson() {}

    /** One line, with every field. */
    public static byte[] write(DirectoryEntry entry) {
        return ENTRY.json(entry, USUAL_SIZE);
    }

    /**
     * Reads one value. Fields that are missing, null or empty are unknown, and an entry without a type is a user's.
     *
     * @param key of the record; the value must agree with it
     * @throws DirectoryException if it describes no extension; the message names fields, never values
     */
    public static DirectoryEntry read(byte @Nullable [] key, byte[] value) {
        JsonNode json = parsed(value);
        if (!json.isObject()) {
            throw new DirectoryException("The value is no JSON object.");
        }
        DirectoryEntry entry = new DirectoryEntry(
                required(json, "accountId"),
                required(json, "extensionId"),
                text(json, "name"),
                type(json),
                text(json, "site"),
                text(json, "department"),
                text(json, "timeZone"));
        if (key == null || !entry.key().equals(new String(key, StandardCharsets.UTF_8))) {
            throw new DirectoryException("The key is not accountId/extensionId of the value.");
        }
        return entry;
    }

    /**
     * Parsed as text, so that only UTF-8 is accepted: a parser of bytes also accepts what looks like UTF-16 or UTF-32.
     */
    private static JsonNode parsed(byte[] value) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
            if (text.hasRemaining() && text.get(text.position()) == BYTE_ORDER_MARK) {
                text.get();
            }
            return READER.readTree(text.toString());
        } catch (IOException e) {
            throw new DirectoryException("The value is no JSON.", e);
        }
    }

    /** Known types in any case, as in a file; others as sent. */
    private static String type(JsonNode json) {
        String type = text(json, "type");
        if (type == null) {
            return DirectoryEntry.USER;
        }
        String lowerCase = type.toLowerCase(Locale.ROOT);
        return TYPES.stream().filter(lowerCase::equals).findFirst().orElse(type);
    }

    private static String required(JsonNode json, String field) {
        String text = text(json, field);
        if (text == null || text.contains("/")) {
            throw new DirectoryException(
                    text == null
                            ? "The field " + field + " is missing."
                            : "The field " + field + " has a slash in it.");
        }
        return text;
    }

    /** Ids can be numbers. */
    private static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new DirectoryException("The field " + field + " is no text.");
        }
        String text = JsonLimits.storable(value.asText().strip());
        if (text.length() > DirectoryColumn.LONGEST) {
            throw new DirectoryException(
                    "The field " + field + " has more than " + DirectoryColumn.LONGEST + " characters.");
        }
        return text.isEmpty() ? null : text;
    }
}
