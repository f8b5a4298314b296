package io.callweave.topology;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryWriter} wrote. */
final class BinaryReader {

    private final byte[] bytes;
    private int position;

    BinaryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int u8() {
        return bytes[position++] & 0xFF;
    }

    long i64() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | u8();
        }
        return value;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    String string() {
        int length = (int) varint();
        String value = StoredText.decode(bytes, position, length);
        position += length;
        return value;
    }

    @Nullable
    String optionalString() {
        return u8() == 0 ? null : string();
    }

    byte[] bytes() {
        int length = (int) varint();
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    byte @Nullable [] optionalBytes() {
        return u8() == 0 ? null : bytes();
    }

    byte[] rest() {
        return Arrays.copyOfRange(bytes, position, bytes.length);
    }

    String restAsString() {
        return StoredText.decode(bytes, position, bytes.length - position);
    }

    boolean atEnd() {
        return position >= bytes.length;
    }

    /** The first byte of every value says how the rest is to be read. */
    int version(int newest, String what) {
        int version = u8();
        if (version < 1 || version > newest) {
            throw new IllegalStateException(what + " has format version " + version
                    + ", and this version of Callweave reads up to " + newest
                    + ": it was written by a newer one; start that one, or reset the state.");
        }
        return version;
    }
}
