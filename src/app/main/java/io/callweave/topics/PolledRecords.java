package io.callweave.topics;

import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How many records a consumer may hand over at once. Its other limits, and those of the brokers, count compressed bytes, of which
 * twenty times as many can become records.
 */
public final class PolledRecords {

    /** Of the heap, for what all consumers hand over at once. */
    private static final int SHARE = 8;

    /** Of a call with as many parties as one may have. */
    private static final int LARGE_BYTES = 2 << 20;

    private PolledRecords() {}

    /**
     * Those of this process.
     *
     * @param consumers that are open together
     */
    public static int ofEach(int consumers) {
        return ofEach(consumers, Runtime.getRuntime().maxMemory());
    }

    /**
     * As many as find room if all are large, and no more than Kafka's consumers hand over by default.
     *
     * @param heap that there is at most, in bytes
     */
    static int ofEach(int consumers, long heap) {
        long findRoom = heap / SHARE / consumers / LARGE_BYTES;
        return (int) Math.max(1, Math.min(ConsumerConfig.DEFAULT_MAX_POLL_RECORDS, findRoom));
    }
}
