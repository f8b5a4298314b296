package io.callweave.bridge;

import io.callweave.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record for Kafka, as bytes.
 *
 * @param topic full name
 * @param key may be null
 * @param headers in order
 * @param timestamp in milliseconds since the epoch; null for the time at which it is sent to Kafka
 */
public record RawRecord(
        String topic,
        byte @Nullable [] key,
        byte[] value,
        List<Header> headers,
        @Nullable Long timestamp) {

    public RawRecord {
        headers = List.copyOf(headers);
    }

    /** With the time at which it is sent. */
    public RawRecord(String topic, byte @Nullable [] key, byte[] value, List<Header> headers) {
        this(topic, key, value, headers, null);
    }

    /** By its header; empty if it has none. */
    public String account() {
        for (Header header : headers) {
            if (header.key().equals(Headers.ACCOUNT)) {
                return new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return "";
    }
}
