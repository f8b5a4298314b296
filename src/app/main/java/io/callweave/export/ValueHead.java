package io.callweave.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.callweave.files.LocalException;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What of a value decides whether it is exported. The rest is not parsed.
 *
 * @param time in milliseconds since the epoch
 * @param revision 0 for values that have none
 * @param superseded whether it is a call that is part of another one
 */
record ValueHead(String accountId, long time, long epoch, long revision, boolean superseded) {

    private static final JsonFactory FACTORY = JsonLimits.values();
    private static final String SUPERSEDED = "superseded";

    /**
     * Reads it.
     *
     * @throws LocalException if the record is not what the topic should hold; one sentence
     */
    static ValueHead of(ExportKind kind, ConsumerRecord<byte[], byte[]> read) {
        try (JsonParser in = FACTORY.createParser(read.value())) {
            Fields fields = new Fields();
            if (in.nextToken() == JsonToken.START_OBJECT) {
                for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                    in.nextToken();
                    fields.read(kind, name, in);
                    if (fields.isWhole(kind)) {
                        return fields.head();
                    }
                    in.skipChildren();
                }
            }
            if (fields.time != null) {
                return fields.head();
            }
        } catch (IOException | DateTimeException e) {
            throw unreadable(kind, read, e);
        }
        throw unreadable(kind, read, null);
    }

    private static LocalException unreadable(
            ExportKind kind, ConsumerRecord<byte[], byte[]> read, @Nullable Exception cause) {
        String place = "The record at offset " + read.offset() + " of " + read.topic() + "-" + read.partition();
        String sentence = place + " has no " + kind.timeField()
                + "; export reads the topics of streams as they are without topics.envelope.";
        return cause == null ? new LocalException(sentence) : new LocalException(sentence, cause);
    }

    /** In the order of all values, the time comes last. */
    private static final class Fields {

        private String accountId = "";
        private @Nullable Instant time;
        private long epoch = -1;
        private long revision = -1;
        private @Nullable String status;

        void read(ExportKind kind, String name, JsonParser in) throws IOException {
            if (name.equals(kind.timeField())) {
                time = Instant.parse(in.getText());
                return;
            }
            switch (name) {
                case "accountId" -> accountId = in.getText();
                case "epoch" -> epoch = in.getValueAsLong();
                case "revision" -> revision = in.getValueAsLong();
                case "status" -> status = in.getText();
                default -> {
                    // Does not matter here.
                }
            }
        }

        boolean isWhole(ExportKind kind) {
            return time != null
                    && (kind == ExportKind.EVENTS || epoch >= 0)
                    && (kind != ExportKind.CALLS || (revision >= 0 && status != null));
        }

        ValueHead head() {
            Instant known = time == null ? Instant.EPOCH : time;
            return new ValueHead(
                    accountId,
                    known.toEpochMilli(),
                    Math.max(0, epoch),
                    Math.max(0, revision),
                    SUPERSEDED.equals(status));
        }
    }
}
