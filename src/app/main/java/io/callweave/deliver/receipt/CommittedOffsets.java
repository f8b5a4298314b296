package io.callweave.deliver.receipt;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to where the application has committed what it read. A delivery is posted only when the record that made it is committed:
 * else a record that is read again after a crash could follow a newer one that was posted. Thread-safe.
 */
public final class CommittedOffsets {

    private final Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();
    private final Seed seed;

    /** Asks the cluster for the offsets of partitions that were just assigned, and adds them some time later. */
    @FunctionalInterface
    public interface Seed {
        void ask(Collection<TopicPartition> partitions);
    }

    public CommittedOffsets(Seed seed) {
        this.seed = seed;
    }

    /** The next offsets to read after a restart; they only grow. */
    public void add(Map<TopicPartition, Long> committed) {
        committed.forEach((partition, offset) -> offsets.merge(partition, offset, Math::max));
        changes.incrementAndGet();
    }

    /** Wants to know the offsets that another instance may have committed. */
    public void assigned(Collection<TopicPartition> partitions) {
        seed.ask(partitions);
    }

    /** Another number after each change. */
    public long changes() {
        return changes.get();
    }

    /** Whether a record will not be read again. */
    public boolean isCommitted(TopicPartition partition, long offset) {
        Long committed = offsets.get(partition);
        return committed != null && committed > offset;
    }
}
