package io.callweave.topology.state;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How stores and the hop hold texts: as UTF-8, and so that each text is read back as it was. What others send can have
 * halves of surrogate pairs in it, which UTF-8 cannot hold: each is written as the three bytes that its number would have
 * (generalized UTF-8, or WTF-8). A text that is changed by being kept would no more be what it is compared with.
 */
final class StoredText {

    private static final int HALF_LEAD = 0xED;
    private static final int HALF_SECOND = 0xA0;
    private static final char REPLACEMENT = '\uFFFD';

    private StoredText() {}

    /** Exact UTF-8, except for unpaired surrogates. */
    static byte[] encode(String text) {
        return canHaveHalves(text) ? encodeWithHalves(text) : text.getBytes(StandardCharsets.UTF_8);
    }

    /** The text that had these bytes. */
    static String decode(byte[] bytes, int start, int length) {
        String text = new String(bytes, start, length, StandardCharsets.UTF_8);
        // A half is no UTF-8, and is read as this; so is this itself.
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeWithHalves(bytes, start, start + length);
    }

    /**
     * Nearly all texts are of Latin letters and digits, which Java holds as one byte each: the compiler knows then that none
     * is so high and leaves the loop out, so this costs them nothing.
     */
    private static boolean canHaveHalves(String text) {
        for (int i = 0, length = text.length(); i < length; i++) {
            if (text.charAt(i) >= Character.MIN_SURROGATE) {
                return true;
            }
        }
        return false;
    }

    private static byte[] encodeWithHalves(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            int point = text.codePointAt(i);
            if (Character.isSupplementaryCodePoint(point)) {
                i++;
            } else if (Character.isSurrogate((char) point)) {
                bytes.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                bytes.write(HALF_LEAD);
                bytes.write(0x80 | ((point >> 6) & 0x3F));
                bytes.write(0x80 | (point & 0x3F));
                from = i + 1;
            }
        }
        bytes.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    private static String decodeWithHalves(byte[] bytes, int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        int from = start;
        for (int i = start; i + 2 < end; i++) {
            if ((bytes[i] & 0xFF) == HALF_LEAD && (bytes[i + 1] & 0xFF) >= HALF_SECOND) {
                text.append(new String(bytes, from, i - from, StandardCharsets.UTF_8))
                        .append((char) (0xD000 | ((bytes[i + 1] & 0x3F) << 6) | (bytes[i + 2] & 0x3F)));
                from = i + 3;
                i += 2;
            }
        }
        return text.append(new String(bytes, from, end - from, StandardCharsets.UTF_8))
                .toString();
    }
}
