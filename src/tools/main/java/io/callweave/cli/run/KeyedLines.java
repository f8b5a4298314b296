package io.callweave.cli.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.callweave.cli.common.Output;
import io.callweave.listing.CallListing;
import io.callweave.topics.TopicReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Topics of keyed JSON as files. */
final class KeyedLines {

    private KeyedLines() {}

    /** Every record, in order of emission, as {@code {key, value}}; the value of a tombstone is null. */
    static void writeAll(TopicReader topics, String topic, Path file) throws IOException {
        try (OutputStream sink = Output.to(file);
                JsonGenerator out = new JsonFactory().createGenerator(sink)) {
            out.setRootValueSeparator(new SerializedString(""));
            topics.<IOException>readMerged(topic, read -> {
                out.writeStartObject();
                out.writeStringField("key", new String(read.key(), StandardCharsets.UTF_8));
                out.writeFieldName("value");
                if (read.value() == null) {
                    out.writeNull();
                } else {
                    out.writeRawValue(new String(read.value(), StandardCharsets.UTF_8));
                }
                out.writeEndObject();
                out.writeRaw('\n');
            });
        }
    }

    /** The last value of each key, sorted by key. */
    static void writeLast(TopicReader topics, String topic, CallListing rows) throws IOException {
        Map<String, byte[]> last = new TreeMap<>();
        topics.readMerged(topic, read -> {
            String key = new String(read.key(), StandardCharsets.UTF_8);
            if (read.value() == null) {
                last.remove(key);
            } else {
                last.put(key, read.value());
            }
        });
        try (rows) {
            for (byte[] value : last.values()) {
                rows.add(value);
            }
        }
    }
}
