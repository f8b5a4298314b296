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

        private Partition() {}

        /** How many writes there were. */
        public long sent() {
            return sent.get();
        }

        /** Whether so many writes are on the broker. */
        public boolean has(long writes) {
            return acknowledged.get() >= writes;
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

    /** It is on the broker; or it has failed, and then Kafka Streams ends the task. */
    public void acknowledged(String to, int partition) {
        if (topic.equals(to)) {
            of(partition).acknowledged.incrementAndGet();
        }
    }
}
