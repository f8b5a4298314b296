package io.callweave.topology;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the compact forms that stores and the hop hold: fixed numbers big-endian, so that keys sort by them. */
final class BinaryWriter {

    private byte[] bytes;
    private int length;

    BinaryWriter(int capacity) {
        bytes = new byte[capacity];
    }

    BinaryWriter u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    BinaryWriter i64(long value) {
        reserve(Long.BYTES);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Seven bits a byte, low ones first; small numbers take one byte. */
    BinaryWriter varint(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
        return this;
    }

    BinaryWriter string(String value) {
        return bytes(StoredText.encode(value));
    }

    BinaryWriter bytes(byte[] value) {
        return varint(value.length).raw(value);
    }

    BinaryWriter optionalBytes(byte @Nullable [] value) {
        return value == null ? u8(0) : u8(1).bytes(value);
    }

    BinaryWriter optionalString(@Nullable String value) {
        return value == null ? u8(0) : u8(1).string(value);
    }

    BinaryWriter raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
