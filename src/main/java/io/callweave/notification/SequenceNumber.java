package io.callweave.notification;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads a sequence: an integer that every JSON implementation can hold. */
final class SequenceNumber {

    static final long NONE = -1;
    static final long MAX = (1L << 53) - 1;

    private static final int MAX_DIGITS = 16;

    private SequenceNumber() {}

    /** The sequence at the parser's position, {@link #NONE} if it is anything else. */
    static long read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || parser.getTextLength() > MAX_DIGITS) {
            return NONE;
        }
        long value = parser.getLongValue();
        return value >= 0 && value <= MAX ? value : NONE;
    }
}
