package io.callweave.directory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entries as the values of their topic: JSON, UTF-8. Others may write there too, so it reads with care. */
public final class DirectoryJson {

    private static final JsonFactory FACTORY = new JsonFactory();

    private static final Set<String> TYPES = Set.of(DirectoryEntry.USER, DirectoryEntry.QUEUE, DirectoryEntry.IVR);

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The parser must not show the value in its messages: it can hold names. Field names are the sender's to choose. */
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("accountId", entry.accountId());
            out.writeStringField("extensionId", entry.extensionId());
            write(out, "name", entry.name());
            out.writeStringField("type", entry.type());
            write(out, "site", entry.site());
            write(out, "department", entry.department());
            write(out, "timeZone", entry.timeZone());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeStringField(name, value);
        }
    }

    /**
     * Reads one; fields that are missing, null or empty are not known, and an entry without a type is a user's.
     *
     * @param key of the record, which the value has to agree with
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

    /** As text, so that it is UTF-8 and nothing else: a parser of bytes also tries what looks like UTF-16 or UTF-32. */
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

    /** Ours in any case of letters, as in a file; others as sent. */
    private static String type(JsonNode json) {
        String type = text(json, "type");
        if (type == null) {
            return DirectoryEntry.USER;
        }
        String lowerCase = type.toLowerCase(Locale.ROOT);
        return TYPES.contains(lowerCase) ? lowerCase : type;
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

    /** Ids may come as numbers. */
    private static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw new DirectoryException("The field " + field + " is no text.");
        }
        String text = value.asText().strip();
        return text.isEmpty() ? null : text;
    }
}
