package io.callweave.topology.time;

import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Whether a task has processed all that there is in a partition. Asked from its stream thread. */
public interface SourceProgress {

    /** Then all output is late, and what many calls share is written more rarely. */
    long FAR_BEHIND_NANOS = 1_000_000_000;

    /** A task begins, or begins again: what was read for it before does not count. */
    default void started(TopicPartition partition) {}

    /** Somebody waits for the time of this partition, and wants to know soon how late it is. */
    default void wantedSoon(TopicPartition partition) {}

    /** Whether this thread has been given this partition. */
    default boolean isAssigned(TopicPartition partition) {
        return true;
    }

    /**
     * How long this thread needs to read what is left for it. It is {@link #FAR_BEHIND_NANOS} at least while another thread of this
     * instance needs as long for what is left for it of this topic.
     *
     * @param forAll a topic whose partitions hold something for all threads; empty if there is none
     * @return in nanoseconds
     */
    default long nanosBehind(String forAll) {
        return 0;
    }

    /**
     * The latest moment of which it is known that everything that lay on the broker then has been processed.
     *
     * @param lastOffset of the last record that was processed, -1 if none was
     * @return in milliseconds since the epoch; nothing if something is left, on the broker or in a buffer, or if that is not
     *     known
     */
    OptionalLong drainedAt(TopicPartition partition, long lastOffset);
}
