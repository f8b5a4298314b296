package io.callweave.bridge.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.bridge.RawHeader;
import io.callweave.bridge.RawRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Records that Kafka refuses for what they are, such as their size: one JSON object a line, for whoever looks after it. */
final class Undeliverable {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private volatile long bytes;

    Undeliverable(Path directory) {
        file = directory.resolve("undeliverable.ndjson");
        bytes = file.toFile().length();
    }

    /** Bytes that they take. */
    long bytes() {
        return bytes;
    }

    /**
     * Returns when the record is on the disk itself.
     *
     * @throws IOException if it cannot be written
     */
    void add(RawRecord raw, String why) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(line(raw, why));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
            bytes = channel.size();
        }
    }

    private static byte[] line(RawRecord raw, String why) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("topic", raw.topic());
            json.writeStringField("why", why);
            byte[] key = raw.key();
            if (key != null) {
                json.writeBinaryField("keyBase64", key);
            }
            json.writeArrayFieldStart("headers");
            for (RawHeader header : raw.headers()) {
                json.writeStartObject();
                json.writeStringField("name", header.name());
                json.writeBinaryField("valueBase64", header.value());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeBinaryField("valueBase64", raw.value());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return bytes.toByteArray();
    }
}
