package io.callweave.topology;

import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * How large batches and answers of Kafka's clients are, so that they suit the heap. By themselves they take what the number of
 * partitions asks for: in a small heap, 48 partitions once left too little for the calls. This is no strict bound: a producer may
 * take more while brokers are slow, and each broker sends an answer of its own.
 *
 * @param heap that there is at most, in bytes
 * @param threads stream threads, each with a producer and a consumer
 * @param partitions of {@code notifications}, and of the other topics
 */
record ClientMemory(long heap, int threads, int partitions) {

    private static final int MOST_BATCH_BYTES = 128 << 10;
    private static final int LEAST_BATCH_BYTES = 4 << 10;
    private static final int LEAST_FETCH_BYTES = 1 << 20;

    /** What a stream thread writes to at one time: the outputs, the repartition topic and the changelogs. */
    private static final int TOPICS = 9;

    /** Of a producer's memory, for batches that are filled; the other half is for those that are sent. */
    private static final int FILLED = 2;

    /** For the batches of all threads together. */
    private static final int SHARE_OF_BATCHES = 8;

    /** For one answer to each thread. While one is worked off, a second one can be held, and restoring takes others. */
    private static final int SHARE_OF_FETCHES = 16;

    /**
     * The size of a producer's batch, in bytes. Each takes its full size from its first record on, until it is sent, and with
     * a long {@code linger.ms} there is one for each partition. Once the producer's memory is taken, each record waits for a
     * batch that is sent; and what a producer once took, it keeps.
     *
     * @param bufferMemory of a producer, in bytes
     */
    int batchBytes(long bufferMemory) {
        long bytes = Math.min(bufferMemory, heap / SHARE_OF_BATCHES / threads);
        long each = bytes / FILLED / TOPICS / Math.max(1, partitions);
        return (int) Math.max(LEAST_BATCH_BYTES, Math.min(MOST_BATCH_BYTES, each));
    }

    /** The most bytes of an answer to a consumer. It is held whole until its last record was handed over. */
    int fetchBytes() {
        long each = heap / SHARE_OF_FETCHES / threads;
        return (int) Math.max(LEAST_FETCH_BYTES, Math.min(ConsumerConfig.DEFAULT_FETCH_MAX_BYTES, each));
    }
}
