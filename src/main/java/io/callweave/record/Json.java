package io.callweave.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How values are written: UTF-8, no white space, null where something is not known. */
record Json(JsonGenerator out) {

    static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_CONTENT).build();

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

    void time(String name, @Nullable Long millis) throws IOException {
        string(name, millis == null ? null : Timestamps.iso(millis));
    }

    void number(String name, @Nullable Long value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeNumberField(name, value);
        }
    }

    void flag(String name, @Nullable Boolean value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeBooleanField(name, value);
        }
    }

    void string(String name, @Nullable String value) throws IOException {
        if (value == null) {
            out.writeNullField(name);
        } else {
            out.writeStringField(name, value);
        }
    }
}
