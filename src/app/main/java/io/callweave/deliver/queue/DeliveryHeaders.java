package io.callweave.deliver.queue;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.topics.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.UUID;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** An occurrence as headers of a record: of what could not be delivered, and of what is to be delivered again. */
public final class DeliveryHeaders {

    public static final String SUBSCRIPTION = DeadLetterReceipts.SUBSCRIPTION;
    public static final String TYPE = "eventType";
    public static final String WEBHOOK_ID = DeadLetterReceipts.WEBHOOK_ID;
    public static final String ATTEMPTS = "attempts";

    private static final String REVISION = "revision";
    private static final String STEP = "step";
    private static final String OCCURRED_AT = "occurredAt";

    private DeliveryHeaders() {}

    /** Everything but slot and value. */
    public static RecordHeaders of(String subscription, Occurrence occurrence) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.text(SUBSCRIPTION, subscription));
        headers.add(Headers.text(TYPE, occurrence.type().wireName()));
        headers.add(Headers.text(WEBHOOK_ID, occurrence.id()));
        headers.add(Headers.text(Headers.ACCOUNT, occurrence.account()));
        headers.add(
                Headers.text(Headers.EPOCH, Long.toString(occurrence.version().epoch())));
        headers.add(Headers.text(REVISION, Long.toString(occurrence.version().revision())));
        headers.add(Headers.text(STEP, Integer.toString(occurrence.version().step())));
        headers.add(Headers.time(OCCURRED_AT, occurrence.time()));
        return headers;
    }

    /** A test of the endpoint of a subscription. */
    public static Occurrence test(String subscription, long now) {
        byte[] value = ("{\"subscription\":\"" + subscription + "\"}").getBytes(StandardCharsets.UTF_8);
        return new Occurrence(
                EventType.TEST,
                "",
                "test/" + subscription,
                new Version(0, now, 0),
                "test_" + UUID.randomUUID(),
                now,
                value);
    }

    /**
     * The occurrence again.
     *
     * @throws IOException if the headers are not those of one
     */
    static Occurrence read(String slot, org.apache.kafka.common.header.Headers headers, byte[] value)
            throws IOException {
        try {
            Long time = Headers.time(headers, OCCURRED_AT);
            return new Occurrence(
                    EventType.of(OccurrenceReader.header(headers, TYPE))
                            .orElseThrow(() -> new IOException("unknown type")),
                    OccurrenceReader.header(headers, Headers.ACCOUNT),
                    slot,
                    new Version(
                            Long.parseLong(OccurrenceReader.header(headers, Headers.EPOCH)),
                            Long.parseLong(OccurrenceReader.header(headers, REVISION)),
                            Integer.parseInt(OccurrenceReader.header(headers, STEP))),
                    OccurrenceReader.header(headers, WEBHOOK_ID),
                    time == null ? 0 : time,
                    value);
        } catch (NumberFormatException | DateTimeException e) {
            throw new IOException(e);
        }
    }
}
