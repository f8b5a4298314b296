package io.callweave.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record for Kafka, as bytes.
 *
 * @param topic full name
 * @param key may be null
 * @param headers in order
 */
public record RawRecord(String topic, byte @Nullable [] key, byte[] value, List<RawHeader> headers) {

    public RawRecord {
        headers = List.copyOf(headers);
    }
}
