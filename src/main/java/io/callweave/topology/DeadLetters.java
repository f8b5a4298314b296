package io.callweave.topology;

import io.callweave.notification.RejectReason;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Records for {@code dead-letters}: the bytes as they came, and why they could not be used in headers. */
final class DeadLetters {

    private DeadLetters() {}

    static Record<byte[], DeadLetter> of(
            byte[] key, byte[] value, RejectReason reason, String detail, String source, long wallTime) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.text(Headers.REASON, reason.wireName()));
        headers.add(Headers.text(Headers.DETAIL, detail));
        headers.add(Headers.text(Headers.SOURCE, source));
        headers.add(Headers.time(Headers.REJECTED_AT, wallTime));
        return new Record<>(key, new DeadLetter(value), wallTime, headers);
    }
}
