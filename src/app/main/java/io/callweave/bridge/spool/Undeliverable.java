package io.callweave.bridge.spool;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.spool.disk.SpoolCounters;
import io.callweave.files.PrivateFiles;
import io.callweave.logging.LogPace;
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

/**
 * Records that Kafka refuses for what they are, such as their size: one JSON object a line, for the operator. What comes from the spool
 * always goes there, since its sender has its answer. What comes from a sender is refused once there is much: one sender must
 * not take the room of all others, or their time, since each record is written by the thread that keeps those of all.
 */
final class Undeliverable {

    private static final Logger LOG = LoggerFactory.getLogger(Undeliverable.class);
    private static final JsonFactory JSON = new JsonFactory();

    private static final long MOST_BYTES = 64 << 20;

    /** Of the room of the spool, which it shares. */
    private static final int PART = 4;

    private final Path file;
    private final long mostBytes;
    private final SpoolCounters counters;
    private final LogPace told = LogPace.ofMinute();

    Undeliverable(SpoolSettings settings, SpoolCounters counters) {
        this.counters = counters;
        file = settings.directory().resolve("undeliverable.ndjson");
        mostBytes = Math.min(MOST_BYTES, settings.maxBytes() / PART);
    }

    /** Bytes that they take; none once the operator has moved the file away. */
    long bytes() {
        return file.toFile().length();
    }

    /** As {@link #setAside}; false, too, if there are many already. */
    boolean setAsideIfFew(RawRecord raw, Exception refusal) {
        if (bytes() < mostBytes) {
            return setAside(raw, refusal);
        }
        told.next()
                .ifPresent(before -> LOG.atError()
                        .addKeyValue("topic", raw.topic())
                        .addKeyValue("bytes", raw.value().length)
                        .addKeyValue("leftOut", before)
                        .log(
                                "Kafka refuses a record for what it is, and so does the bridge: undeliverable.ndjson has "
                                        + "{} bytes. Mend the cause, and move the file away: {}",
                                bytes(),
                                ProducerSends.reason(refusal)));
        return false;
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
            long before = channel.size();
            try {
                while (line.hasRemaining()) {
                    channel.write(line);
                }
                channel.force(true);
            } catch (IOException e) { // such as a full disk; the next record must not continue this line
                channel.truncate(before);
                throw e;
            }
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
