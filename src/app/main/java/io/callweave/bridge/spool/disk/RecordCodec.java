package io.callweave.bridge.spool.disk;

import io.callweave.bridge.RawRecord;
import io.callweave.topics.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A record as bytes on disk, with the time at which it was taken. */
public final class RecordCodec {

    private static final int VERSION = 1;

    /** The same with a timestamp of its own. */
    private static final int TIMED = 2;

    private static final int NO_KEY = -1;
    private static final byte[] ACCOUNT = Headers.ACCOUNT.getBytes(StandardCharsets.UTF_8);

    private RecordCodec() {}

    /** What was on disk. */
    record Stored(long takenAtMs, RawRecord raw) {}

    public static byte[] encode(RawRecord raw, long takenAtMs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) sizeOf(raw));
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Long timestamp = raw.timestamp();
            out.writeByte(timestamp == null ? VERSION : TIMED);
            out.writeLong(takenAtMs);
            if (timestamp != null) {
                out.writeLong(timestamp);
            }
            out.writeUTF(raw.topic());
            byte[] key = raw.key();
            if (key == null) {
                out.writeInt(NO_KEY);
            } else {
                writeBytes(out, key);
            }
            out.writeInt(raw.headers().size());
            for (Header header : raw.headers()) {
                out.writeUTF(header.key());
                writeBytes(out, header.value());
            }
            writeBytes(out, raw.value());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // only for a name over 64 KiB, which nobody sends
        }
        return bytes.toByteArray();
    }

    /**
     * The other way round.
     *
     * @throws IOException if these bytes are none of ours
     */
    static Stored decode(byte[] stored) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int version = in.readByte();
            if (version != VERSION && version != TIMED) {
                throw new IOException("a record in the form " + version + ", which this version does not know");
            }
            long takenAtMs = in.readLong();
            Long timestamp = version == TIMED ? in.readLong() : null;
            String topic = in.readUTF();
            byte[] key = readBytes(in);
            int count = in.readInt();
            List<Header> headers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                headers.add(new RecordHeader(in.readUTF(), required(readBytes(in))));
            }
            return new Stored(takenAtMs, new RawRecord(topic, key, required(readBytes(in)), headers, timestamp));
        }
    }

    /** The {@linkplain RawRecord#account account} of a record of which the beginning is here; empty if it is not in there. */
    static String account(ByteBuffer stored) {
        try {
            skip(stored, (stored.get() == TIMED ? 2 : 1) * Long.BYTES);
            skip(stored, stored.getShort() & 0xFFFF); // the topic
            skip(stored, Math.max(0, stored.getInt())); // the key
            for (int left = stored.getInt(); left > 0; left--) {
                byte[] name = new byte[stored.getShort() & 0xFFFF];
                stored.get(name);
                int length = stored.getInt();
                if (Arrays.equals(name, ACCOUNT) && length <= stored.remaining()) {
                    byte[] account = new byte[length];
                    stored.get(account);
                    return new String(account, StandardCharsets.UTF_8);
                }
                skip(stored, length);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | NegativeArraySizeException e) {
            return ""; // it is longer, or damaged
        }
        return "";
    }

    private static void skip(ByteBuffer stored, int bytes) {
        stored.position(stored.position() + bytes);
    }

    /** What a record takes, in memory as on disk; the overhead is generous. */
    public static long sizeOf(RawRecord raw) {
        long size = 128L + raw.topic().length() + raw.value().length;
        byte[] key = raw.key();
        if (key != null) {
            size += key.length;
        }
        for (Header header : raw.headers()) {
            size += 16L + header.key().length() + header.value().length;
        }
        return size;
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length == NO_KEY) {
            return null;
        }
        if (length < 0 || length > in.available()) {
            throw new IOException("a record that ends before its end");
        }
        return in.readNBytes(length);
    }

    private static byte[] required(byte @Nullable [] bytes) throws IOException {
        if (bytes == null) {
            throw new IOException("a record without its value");
        }
        return bytes;
    }
}
