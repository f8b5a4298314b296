package io.callweave.bridge.spool;

import io.callweave.bridge.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.Header;

/**
 * How large a record each topic accepts. A larger one must not get to the producer: a batch of it and a small record is split and
 * put together again until the producer gives up both.
 */
final class TopicLimits {

    /** Nothing is known, so Kafka is to decide. */
    static final TopicLimits UNKNOWN = new TopicLimits(Map.of());

    /** Of a batch with one record, in Kafka's message format 2. */
    private static final int BATCH_OVERHEAD = 61;

    /** Attributes, and the differences to time and offset of the batch, which are 0. */
    private static final int RECORD_FIELDS = 3;

    private static final int NO_KEY = -1;

    private final Map<String, Long> largestBatch;

    /** @param largestBatch in bytes, by topic */
    TopicLimits(Map<String, Long> largestBatch) {
        this.largestBatch = Map.copyOf(largestBatch);
    }

    /** Whether the topic takes it, sent alone and not compressed. */
    boolean allow(RawRecord raw) {
        Long most = largestBatch.get(raw.topic());
        return most == null || batchSizeOf(raw) <= most;
    }

    static long batchSizeOf(RawRecord raw) {
        byte[] key = raw.key();
        long size = RECORD_FIELDS;
        size += key == null ? varint(NO_KEY) : withLength(key.length);
        size += withLength(raw.value().length);
        size += varint(raw.headers().size());
        for (Header header : raw.headers()) {
            size += withLength(header.key().getBytes(StandardCharsets.UTF_8).length);
            size += withLength(header.value().length);
        }
        return BATCH_OVERHEAD + varint((int) size) + size;
    }

    private static long withLength(int length) {
        return (long) varint(length) + length;
    }

    /** Bytes of a number in Kafka's form: zigzag, seven bits in a byte. */
    private static int varint(int number) {
        int zigzag = (number << 1) ^ (number >> 31);
        int bytes = 1;
        for (int rest = zigzag >>> 7; rest != 0; rest >>>= 7) {
            bytes++;
        }
        return bytes;
    }
}
