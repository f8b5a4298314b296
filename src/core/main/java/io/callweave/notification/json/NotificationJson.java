package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.callweave.value.JsonLimits;
import java.io.IOException;

/** How notifications are parsed: strictly, always as UTF-8, within {@link JsonLimits}. */
public final class NotificationJson {

    public static final String ENDS_TOO_EARLY = "The JSON ends too early.";

    private static final String BEYOND =
            "The JSON has more than " + JsonLimits.LEVELS + " levels, a number of more than " + JsonLimits.DIGITS
                    + " digits, or a name of more than " + JsonLimits.NAME + " bytes.";

    private static final JsonFactory FACTORY = JsonLimits.factory()
            // With detection, UTF-16 and UTF-32 would be accepted as well.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // The sender chooses the names: they must neither fail because of their hash codes nor fill the JVM's
            // string table.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private NotificationJson() {}

    public static JsonParser parser(byte[] value) throws IOException {
        int start = start(value);
        return FACTORY.createParser(value, start, value.length - start);
    }

    /** The offset at which the JSON begins: after a byte order mark, if there is one. */
    public static int start(byte[] value) {
        return startsWithByteOrderMark(value) ? 3 : 0;
    }

    /** What is wrong, without Jackson's message, which quotes the text. */
    public static String complaint(IOException failure) {
        if (failure instanceof StreamConstraintsException) {
            return BEYOND;
        }
        if (failure instanceof JsonEOFException) {
            return ENDS_TOO_EARLY;
        }
        if (failure instanceof JsonProcessingException json && json.getLocation() != null) {
            return "This is not JSON from byte " + json.getLocation().getByteOffset() + " on.";
        }
        return "This is not JSON.";
    }

    private static boolean startsWithByteOrderMark(byte[] value) {
        return value.length >= 3 && value[0] == (byte) 0xEF && value[1] == (byte) 0xBB && value[2] == (byte) 0xBF;
    }
}
