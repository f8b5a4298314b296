package io.callweave.bench.throughput;

import io.callweave.bench.figures.CpuTimes;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The work of a subject. It runs only while it is measured, and keeps its state from part to part of the input. */
public interface Application extends AutoCloseable {

    /**
     * Starts it for the next part of the input.
     *
     * @param notifications the number of notifications in this part
     * @param end when the last one is received, in milliseconds of simulated time
     * @param quiet whether to return only when it has nothing left to do but to wait for the input
     * @throws Exception if it cannot start
     */
    void start(long notifications, long end, boolean quiet) throws Exception;

    /**
     * Whether all work is done and what comes of it can be read.
     *
     * @param ends the offset after the last notification, for each partition that has one
     * @throws Exception if it has failed
     */
    boolean isDone(Map<TopicPartition, Long> ends) throws Exception;

    /**
     * Stops it and keeps its state.
     *
     * @throws Exception if its state cannot be kept
     */
    void stop() throws Exception;

    /** The CPU time so far of all other processes that work for it alone. */
    default CpuTimes.Reading cpu() {
        return new CpuTimes.Reading(0, Map.of());
    }

    @Override
    default void close() {}
}
