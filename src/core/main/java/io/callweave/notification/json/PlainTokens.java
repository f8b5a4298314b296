package io.callweave.notification.json;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of JSON as RingCentral nearly always sends it: without escapes, with integers only, and not deep. It stops at all
 * else, right or wrong, and then {@link JacksonTokens} read the notification from its beginning. What it accepts is JSON, and
 * Jackson reads the same in it at three times the cost: that one copies each text into characters and back.
 */
public final class PlainTokens implements JsonTokens {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long QUOTES = ONES * '"';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long SPACES = ONES * ' ';

    /** The bits of a long tell which levels are objects. */
    private static final int MAX_DEPTH = 60;

    private static final int MAX_DIGITS = 18;

    /** Far from what Jackson reads, so that it alone decides which name is too long. */
    private static final int MAX_NAME = 1_000;

    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private static final ThreadLocal<Names> NAMES = ThreadLocal.withInitial(Names::new);

    private final byte[] in;
    private final Names names = NAMES.get();
    private int at;
    private @Nullable JsonToken current;
    private int begin;
    private int textBegin;
    private int textEnd;
    private int depth;
    private long objects;
    private boolean first;
    private boolean begun;

    /** The text is not plain. It can still be JSON. */
    public static final class NotPlainException extends IOException {

        private static final long serialVersionUID = 1;

        private NotPlainException() {}

        /** The reader catches it at once, so nobody needs the stack trace. */
        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }

    /** The names that came last. Senders use the same few names, and a new text would need a new hash code. */
    private static final class Names {

        private static final int SIZE = 256;
        private static final int LONGEST = 32;

        private final byte[][] bytes = new byte[SIZE][];
        private final String[] texts = new String[SIZE];

        private String of(byte[] in, int from, int to) {
            int length = to - from;
            if (length == 0 || length > LONGEST) {
                return new String(in, from, length, StandardCharsets.UTF_8);
            }
            int place = (in[from] * 31 + in[to - 1] * 7 + in[from + length / 2] * 3 + length) & (SIZE - 1);
            byte[] known = bytes[place];
            if (known == null || !Arrays.equals(known, 0, known.length, in, from, to)) {
                bytes[place] = Arrays.copyOfRange(in, from, to);
                texts[place] = new String(in, from, length, StandardCharsets.UTF_8);
            }
            return texts[place];
        }
    }

    /** @param notification well-formed UTF-8 */
    public PlainTokens(byte[] notification) {
        in = notification;
        at = NotificationJson.start(notification);
    }

    @Override
    public @Nullable JsonToken next() throws NotPlainException {
        if (depth == 0) {
            return root();
        }
        if (current != JsonToken.FIELD_NAME) {
            check((objects & 1) == 0);
            int c = visible();
            if (c == ']') {
                return end(JsonToken.END_ARRAY);
            }
            if (!first) {
                expect(',', c);
            }
        }
        return value();
    }

    private @Nullable JsonToken root() throws NotPlainException {
        if (!begun) {
            begun = true;
            int c = visible();
            check(c == '{' || c == '[');
            return value();
        }
        while (at < in.length && isSpace(in[at])) {
            at++;
        }
        check(at == in.length);
        return null;
    }

    @Override
    public @Nullable String nextName() throws NotPlainException {
        return name() ? names.of(in, textBegin, textEnd) : null;
    }

    /** Goes on to the name of the next member; false at the end of the object. */
    private boolean name() throws NotPlainException {
        check((objects & 1) == 1 && current != JsonToken.FIELD_NAME);
        int c = visible();
        if (c == '}') {
            end(JsonToken.END_OBJECT);
            return false;
        }
        if (!first) {
            expect(',', c);
            c = visible();
        }
        begin = at;
        expect('"', c);
        endOfText();
        check(textEnd - textBegin <= MAX_NAME);
        expect(':', visible());
        current = JsonToken.FIELD_NAME;
        return true;
    }

    private JsonToken value() throws NotPlainException {
        int c = visible();
        begin = at;
        switch (c) {
            case '{' -> {
                return start(JsonToken.START_OBJECT, 1);
            }
            case '[' -> {
                return start(JsonToken.START_ARRAY, 0);
            }
            case '"' -> {
                at++;
                endOfText();
                current = JsonToken.VALUE_STRING;
            }
            case 't' -> literal(TRUE, JsonToken.VALUE_TRUE);
            case 'f' -> literal(FALSE, JsonToken.VALUE_FALSE);
            case 'n' -> literal(NULL, JsonToken.VALUE_NULL);
            default -> integer(c);
        }
        first = false;
        return current();
    }

    private JsonToken start(JsonToken token, int isObject) throws NotPlainException {
        check(depth < MAX_DEPTH);
        at++;
        depth++;
        objects = objects << 1 | isObject;
        first = true;
        current = token;
        return token;
    }

    private JsonToken end(JsonToken token) throws NotPlainException {
        begin = at;
        at++;
        depth--;
        objects >>>= 1;
        first = false;
        current = token;
        return token;
    }

    private void literal(byte[] word, JsonToken token) throws NotPlainException {
        int end = at + word.length;
        check(end <= in.length && Arrays.equals(in, at, end, word, 0, word.length));
        at = end;
        current = token;
        endOfWord();
    }

    private void integer(int c) throws NotPlainException {
        textBegin = at;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        textEnd = at;
        int digits = textEnd - textBegin;
        check(digits > 0 && digits <= MAX_DIGITS && (c != '0' || digits == 1));
        current = JsonToken.VALUE_NUMBER_INT;
        endOfWord();
    }

    private void endOfWord() throws NotPlainException {
        check(at < in.length && (in[at] == ',' || in[at] == '}' || in[at] == ']' || isSpace(in[at])));
    }

    /** From behind the opening quote to behind the closing one. */
    private void endOfText() throws NotPlainException {
        textBegin = at;
        while (at + Long.BYTES <= in.length) {
            long word = (long) LONG.get(in, at);
            long quotes = word ^ QUOTES;
            long backslashes = word ^ BACKSLASHES;
            // The lowest bit that is set tells the first byte that is one of these, or a control character.
            long found =
                    (((quotes - ONES) & ~quotes) | ((backslashes - ONES) & ~backslashes) | ((word - SPACES) & ~word))
                            & HIGH_BITS;
            if (found != 0) {
                at += Long.numberOfTrailingZeros(found) >>> 3;
                break;
            }
            at += Long.BYTES;
        }
        while (at < in.length && in[at] != '"') {
            check(in[at] != '\\' && (in[at] < 0 || in[at] >= ' '));
            at++;
        }
        check(at < in.length);
        textEnd = at;
        at++;
    }

    /** The next byte that is no white space, which is not gone past. */
    private int visible() throws NotPlainException {
        while (at < in.length && isSpace(in[at])) {
            at++;
        }
        check(at < in.length);
        return in[at];
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private void expect(char expected, int c) throws NotPlainException {
        check(c == expected);
        at++;
    }

    private static void check(boolean isPlain) throws NotPlainException {
        if (!isPlain) {
            throw new NotPlainException();
        }
    }

    @Override
    public JsonToken current() {
        return Objects.requireNonNull(current);
    }

    @Override
    public String text() {
        return new String(in, textBegin, textEnd - textBegin, StandardCharsets.UTF_8);
    }

    @Override
    public void skipChildren() throws NotPlainException {
        if (current != JsonToken.START_OBJECT && current != JsonToken.START_ARRAY) {
            return;
        }
        int outside = depth - 1;
        while (depth > outside) {
            if ((objects & 1) == 0 || name()) {
                var unused = next();
            }
        }
    }

    @Override
    public int begin() {
        return begin;
    }

    @Override
    public int end() {
        return at;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
