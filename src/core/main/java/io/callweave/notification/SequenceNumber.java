package io.callweave.notification;

import com.fasterxml.jackson.core.JsonToken;
import io.callweave.notification.json.JsonTokens;
import java.io.IOException;

/** Reads a sequence: an integer that every JSON implementation can hold. */
final class SequenceNumber {

    static final long NONE = -1;
    static final long MAX = (1L << 53) - 1;

    private static final int MAX_DIGITS = 16;

    private SequenceNumber() {}

    /** The sequence that the current token is, {@link #NONE} if it is anything else. */
    static long read(JsonTokens tokens) throws IOException {
        if (tokens.current() != JsonToken.VALUE_NUMBER_INT) {
            return NONE;
        }
        String digits = tokens.text();
        if (digits.length() > MAX_DIGITS) {
            return NONE;
        }
        long value = Long.parseLong(digits);
        return value >= 0 && value <= MAX ? value : NONE;
    }
}
