package io.callweave.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How values are written: UTF-8, no white space, null where something is not known. */
record Json(JsonGenerator out) {

    static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

    /** All names are ours, so they are few. */
    private static final Map<String, SerializableString> NAMES = new ConcurrentHashMap<>();

    /** What is written to the generator. */
    @FunctionalInterface
    interface Content {
        void writeTo(JsonGenerator out) throws IOException;
    }

    static byte[] write(int usualSize, Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(usualSize);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Begins a field; names are the same over and over, so each is encoded once. */
    void name(String name) throws IOException {
        SerializableString encoded = NAMES.get(name);
        if (encoded == null) {
            encoded = new SerializedString(name);
            NAMES.put(name, encoded);
        }
        out.writeFieldName(encoded);
    }

    void time(String name, @Nullable Long millis) throws IOException {
        name(name);
        if (millis == null) {
            out.writeNull();
        } else {
            time(millis);
        }
    }

    private void time(long millis) throws IOException {
        byte[] iso = Timestamps.isoBytes(millis);
        out.writeRawUTF8String(iso, 0, iso.length);
    }

    void number(String name, long value) throws IOException {
        name(name);
        out.writeNumber(value);
    }

    void number(String name, @Nullable Long value) throws IOException {
        name(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeNumber(value);
        }
    }

    void flag(String name, @Nullable Boolean value) throws IOException {
        name(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeBoolean(value);
        }
    }

    void string(String name, @Nullable String value) throws IOException {
        name(name);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeString(value);
        }
    }

    void none(String name) throws IOException {
        name(name);
        out.writeNull();
    }

    /** Begins an array as a field. */
    void array(String name) throws IOException {
        name(name);
        out.writeStartArray();
    }

    /** Begins an object as a field. */
    void object(String name) throws IOException {
        name(name);
        out.writeStartObject();
    }
}
