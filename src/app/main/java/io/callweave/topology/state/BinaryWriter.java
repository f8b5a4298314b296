package io.callweave.topology.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the compact forms that stores and the hop hold: fixed numbers big-endian, so that keys sort by them. */
public final class BinaryWriter {

    /** The first byte of each value. To be raised with every change of a stored form; only this one is read. */
    public static final int FORMAT = 6;

    /** Smaller numbers take one byte as a varint. */
    private static final int ONE_BYTE_LENGTHS = 0x80;

    private static final int ASCII = 0x80;

    private byte[] bytes;
    private int length;

    public BinaryWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** How many bytes are written. */
    public int length() {
        return length;
    }

    int capacity() {
        return bytes.length;
    }

    /** Starts again in the same memory. Take what was written before. */
    public BinaryWriter clear() {
        length = 0;
        return this;
    }

    /** Begins a value that {@link BinaryReader#format} reads. */
    public BinaryWriter format() {
        return u8(FORMAT);
    }

    public BinaryWriter u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public BinaryWriter i64(long value) {
        reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Seven bits a byte, low ones first; small numbers take one byte. */
    public BinaryWriter varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    /** A number that is small, but can be negative. */
    public BinaryWriter zigzag(long value) {
        return varint((value << 1) ^ (value >> 63));
    }

    public BinaryWriter string(String value) {
        int chars = value.length();
        if (chars < ONE_BYTE_LENGTHS) {
            // Nearly all texts are short and ASCII; these need no temporary array.
            reserve(1 + chars);
            int at = length + 1;
            int i = 0;
            while (i < chars && value.charAt(i) < ASCII) {
                bytes[at + i] = (byte) value.charAt(i);
                i++;
            }
            if (i == chars) {
                bytes[length] = (byte) chars;
                length = at + chars;
                return this;
            }
        }
        return bytes(StoredText.encode(value));
    }

    public BinaryWriter bytes(byte[] value) {
        return varint(value.length).raw(value);
    }

    public BinaryWriter optionalBytes(byte @Nullable [] value) {
        return value == null ? u8(0) : u8(1).bytes(value);
    }

    public BinaryWriter optionalString(@Nullable String value) {
        return value == null ? u8(0) : u8(1).string(value);
    }

    public BinaryWriter raw(byte[] value) {
        return raw(value, 0);
    }

    /** A value without its format. */
    public BinaryWriter rest(byte[] value) {
        return raw(value, 1);
    }

    private BinaryWriter raw(byte[] value, int from) {
        int added = value.length - from;
        reserve(added);
        System.arraycopy(value, from, bytes, length, added);
        length += added;
        return this;
    }

    public byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** A copy, where this writer is used again. */
    public byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
