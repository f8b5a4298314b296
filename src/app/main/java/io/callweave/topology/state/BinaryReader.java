package io.callweave.topology.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link BinaryWriter} wrote. */
public final class BinaryReader {

    private final byte[] bytes;
    private int position;

    public BinaryReader(byte[] bytes) {
        this.bytes = bytes;
    }

    public int u8() {
        return bytes[position++] & 0xFF;
    }

    public long i64() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | u8();
        }
        return value;
    }

    public long varint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }

    public long zigzag() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    public String string() {
        int length = (int) varint();
        String value = StoredText.decode(bytes, position, length);
        position += length;
        return value;
    }

    void skipString() {
        int length = (int) varint();
        position += length;
    }

    @Nullable
    public String optionalString() {
        return u8() == 0 ? null : string();
    }

    public byte[] bytes() {
        int length = (int) varint();
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    byte[] raw(int length) {
        byte[] value = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return value;
    }

    public byte @Nullable [] optionalBytes() {
        return u8() == 0 ? null : bytes();
    }

    public byte[] rest() {
        return Arrays.copyOfRange(bytes, position, bytes.length);
    }

    /** Where it stands. */
    public int position() {
        return position;
    }

    /** What it has read since it stood there, as a value of its own. */
    public byte[] since(int from) {
        byte[] value = new byte[1 + position - from];
        value[0] = (byte) BinaryWriter.FORMAT;
        System.arraycopy(bytes, from, value, 1, position - from);
        return value;
    }

    String restAsString() {
        return StoredText.decode(bytes, position, bytes.length - position);
    }

    public boolean atEnd() {
        return position >= bytes.length;
    }

    /**
     * Reads the first byte of a value.
     *
     * @param what begins a sentence about the value
     * @throws OtherFormatException if it is not {@link BinaryWriter#FORMAT}
     */
    public void format(String what) {
        int number = u8();
        if (number != BinaryWriter.FORMAT) {
            throw new OtherFormatException(what, number);
        }
    }
}
