package io.callweave.topology.state;

import io.callweave.settings.value.StateFormat;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the compact forms that stores and the hop hold: fixed numbers big-endian, so that keys sort by them. */
public final class BinaryWriter {

    private byte[] bytes;
    private int length;
    private StateFormat format = StateFormat.NEWEST;

    public BinaryWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** Begins a value that {@link BinaryReader#format} reads. */
    public BinaryWriter format(StateFormat ofValue) {
        format = ofValue;
        return u8(format.number());
    }

    /** What follows is a part of a value that began so. */
    public BinaryWriter as(StateFormat ofValue) {
        format = ofValue;
        return this;
    }

    /** As the value began: forms that changed look here. */
    public StateFormat format() {
        return format;
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

    public BinaryWriter string(String value) {
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
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
        return this;
    }

    public byte[] bytes() {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
