package io.callweave.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;

/** How JSON is parsed here: strictly, as UTF-8 whatever it looks like, and with no limit that depends on the content but one. */
final class NotificationJson {

    /** Deep enough for anything real, and flat enough to be read and written by recursion on any thread's stack. */
    static final int MAX_DEPTH = 1000;

    static final String ENDS_TOO_EARLY = "The JSON ends too early.";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // What arrives is limited in bytes; further limits would only make some of it unreadable.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            // With detection, UTF-16 and UTF-32 would be read as well.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // Names are the sender's to choose: they neither fail for their hash codes nor fill the JVM's string table.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private NotificationJson() {}

    static JsonParser parser(byte[] value) throws IOException {
        int start = start(value);
        return FACTORY.createParser(value, start, value.length - start);
    }

    /** Where the JSON begins: behind a byte order mark, if there is one. */
    static int start(byte[] value) {
        return startsWithByteOrderMark(value) ? 3 : 0;
    }

    static JsonParser parser(String json) throws IOException {
        return FACTORY.createParser(json);
    }

    /** What is wrong, without Jackson's message: that quotes the text. */
    static String complaint(IOException failure) {
        if (failure instanceof StreamConstraintsException) {
            return "The JSON is nested deeper than " + MAX_DEPTH + " levels.";
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
