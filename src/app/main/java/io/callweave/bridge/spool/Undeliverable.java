package io.callweave.bridge.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.spool.disk.SpoolCounters;
import io.callweave.files.PrivateFiles;
import io.callweave.meter.Metric;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that Kafka refuses for what they are, such as their size: one JSON object a line, for the operator. */
final class Undeliverable {

    private static final Logger LOG = LoggerFactory.getLogger(Undeliverable.class);
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final SpoolCounters counters;
    private volatile long bytes;

    Undeliverable(Path directory, SpoolCounters counters) {
        this.counters = counters;
        file = directory.resolve("undeliverable.ndjson");
        bytes = file.toFile().length();
    }

    /** Bytes that they take. */
    long bytes() {
        return bytes;
    }

    /** Returns when the record is on the disk itself; false if it cannot be written. */
    boolean setAside(RawRecord raw, Exception refusal) {
        String why = ProducerSends.reason(refusal);
        try {
            add(raw, why);
            counters.count(Metric.SPOOL_UNDELIVERABLE);
            LOG.atError()
                    .addKeyValue("topic", raw.topic())
                    .addKeyValue("bytes", raw.value().length)
                    .log(
                            "Kafka refuses a record for what it is; it is in the file of what cannot be delivered: {}",
                            why);
            return true;
        } catch (IOException e) {
            LOG.atError().log("A record that Kafka refuses cannot be set aside: {}", e.getMessage());
            return false;
        }
    }

    private void add(RawRecord raw, String why) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(line(raw, why));
        try (FileChannel channel =
                FileChannel.open(PrivateFiles.file(file), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
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
            for (Header header : raw.headers()) {
                json.writeStartObject();
                json.writeStringField("name", header.key());
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
