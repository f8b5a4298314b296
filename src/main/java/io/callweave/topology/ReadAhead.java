package io.callweave.topology;

import org.apache.kafka.common.TopicPartition;

/** Whether a task has processed all that there is in a partition. Asked from its stream thread. */
public interface ReadAhead {

    /** A task begins, or begins again: what was read for it before does not count. */
    default void started(TopicPartition partition) {}

    /**
     * Whether there is nothing left.
     *
     * @param lastOffset of the last record that was processed, -1 if none was
     * @return true if nothing is left to read, neither on the broker nor in a buffer
     */
    boolean isDrained(TopicPartition partition, long lastOffset);
}
