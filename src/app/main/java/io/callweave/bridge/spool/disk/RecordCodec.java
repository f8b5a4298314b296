package io.callweave.bridge.spool.disk;

import io.callweave.bridge.RawRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
