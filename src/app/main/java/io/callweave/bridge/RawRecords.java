package io.callweave.bridge;

import io.callweave.notification.Rejection;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The records that an intake makes, whatever keeps them afterwards. */
final class RawRecords {

    private final String notifications;
    private final String deadLetters;

    /** @param prefix of the topics' names */
    RawRecords(String prefix) {
        notifications = Topic.NOTIFICATIONS.name(prefix);
        deadLetters = Topic.DEAD_LETTERS.name(prefix);
    }

    /**
     * A notification.
     *
     * @param keyText its telephony session; the account of what names none; null if neither is known
     * @param account null if it is not known
     */
    RawRecord notification(
            byte[] value,
            @Nullable String keyText,
            @Nullable String account,
            Receipt receipt,
            @Nullable Long timestamp) {
        List<Header> headers = new ArrayList<>();
        headers.add(Headers.text(Headers.TRANSPORT, receipt.transport()));
        headers.add(Headers.time(Headers.RECEIVED_AT, receipt.receivedAt()));
        headers.add(Headers.text(Headers.SOURCE, receipt.source()));
        if (account != null) {
            headers.add(Headers.text(Headers.ACCOUNT, account));
        }
        byte[] key = keyText == null ? null : keyText.getBytes(StandardCharsets.UTF_8);
        return new RawRecord(notifications, key, value, headers, timestamp);
    }

    /**
     * What could not be keyed, and so has no key.
     *
     * @param account null if it is not known
     */
    RawRecord deadLetter(byte[] value, Rejection rejection, @Nullable String account, String source, long rejectedAt) {
        List<Header> headers = new ArrayList<>();
        if (account != null) {
            headers.add(Headers.text(Headers.ACCOUNT, account));
        }
        headers.add(Headers.text(Headers.REASON, rejection.reason().wireName()));
        headers.add(Headers.text(Headers.DETAIL, rejection.detail()));
        headers.add(Headers.text(Headers.SOURCE, source));
        headers.add(Headers.time(Headers.REJECTED_AT, rejectedAt));
        return new RawRecord(deadLetters, null, value, headers);
    }
}
