package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.record.RecordedCall;
import io.callweave.record.RecordedWindow;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads records as the console needs them. */
public final class Json {

    private Json() {}

    /** A record that was stored, and so is JSON. */
    public static JsonNode parse(byte[] value) {
        try {
            return JsonLimits.tree(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call that was stored, and so can be read. */
    public static RecordedCall call(byte[] value) {
        return RecordedCall.of(parse(value));
    }

    /** A window that was stored, and so can be read. */
    public static RecordedWindow window(byte[] value) {
        try {
            return RecordedWindow.of(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text that is not empty, else null. */
    public static @Nullable String text(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isTextual() && !value.asText().isEmpty() ? value.asText() : null;
    }

    /** Milliseconds since the epoch; null where there is no time. */
    public static @Nullable Long time(JsonNode object, String field) {
        String text = text(object, field);
        if (text == null) {
            return null;
        }
        try {
            return Timestamps.millis(text);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    /** The elements of a list. */
    public static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** Whether a field has one of these words. */
    static boolean is(JsonNode object, String field, String... words) {
        String text = text(object, field);
        for (String word : words) {
            if (word.equals(text)) {
                return true;
            }
        }
        return false;
    }
}
