package io.callweave.topology.message;

import io.callweave.notification.EnvelopeIds;
import io.callweave.notification.RejectReason;
import io.callweave.topics.Headers;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Records for {@code dead-letters}: the bytes as they came, and why they could not be used in headers. */
public final class DeadLetters {

    private DeadLetters() {}

    /** The key of a record that came without one: its session; null if that is not known. */
    public static byte @Nullable [] key(EnvelopeIds known) {
        String session = known.keptSession();
        return session == null ? null : session.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * A record for the topic of dead letters.
     *
     * @param accountId null if it is not known
     */
    public static Record<byte[], DeadLetter> of(
            @Nullable String accountId,
            byte @Nullable [] key,
            byte[] value,
            RejectReason reason,
            String detail,
            String source,
            long wallTime) {
        RecordHeaders headers = new RecordHeaders();
        if (accountId != null) {
            headers.add(Headers.text(Headers.ACCOUNT, accountId));
        }
        headers.add(Headers.text(Headers.REASON, reason.wireName()));
        headers.add(Headers.text(Headers.DETAIL, detail));
        headers.add(Headers.text(Headers.SOURCE, source));
        headers.add(Headers.time(Headers.REJECTED_AT, wallTime));
        return new Record<>(key, new DeadLetter(value), wallTime, headers);
    }
}
