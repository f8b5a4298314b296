package io.callweave.deliver.receipt;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of what was written to the changelog of the queues is on the broker. A crash loses the rest, also of what belongs to
 * records that are committed: those that waited. Thread-safe.
 */
public final class ChangelogReceipts {

    private final String topic;
    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();

    /** One partition. Its writes are acknowledged in their order. */
    public static final class Partition {

        private final AtomicLong sent = new AtomicLong();
        private final AtomicLong acknowledged = new AtomicLong();
        private final AtomicLong failures = new AtomicLong();

        private Partition() {}

        /** How many writes there were. */
        public long sent() {
            return sent.get();
        }

        /** How many writes, from the first one on, have ended: they are on the broker, or {@link #failures} has grown before. */
        public long acknowledged() {
            return acknowledged.get();
        }

        /** How many writes have failed. */
        public long failures() {
            return failures.get();
        }
    }

    /** @param topic the changelog */
    public ChangelogReceipts(String topic) {
        this.topic = topic;
    }

    public Partition of(int partition) {
        return partitions.computeIfAbsent(partition, number -> new Partition());
    }

    /** Something is written. */
    public void sent(String to, int partition) {
        if (topic.equals(to)) {
            of(partition).sent.incrementAndGet();
        }
    }

    /** Something that was written is on the broker. */
    public void acknowledged(String to, int partition) {
        if (topic.equals(to)) {
            of(partition).acknowledged.incrementAndGet();
        }
    }

    /** Something could not be written. */
    public void failed(String to, int partition) {
        if (topic.equals(to)) {
            of(partition).failures.incrementAndGet();
            of(partition).acknowledged.incrementAndGet();
        }
    }
}
