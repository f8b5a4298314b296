package io.callweave.bench.competitors;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A subject in its own process. It runs only while it is measured, and keeps its state from part to part. */
public interface CompetitorApplication {

    /**
     * Starts it for the next part of the input, which is not visible yet. When this returns, it waits for the input.
     *
     * @param notifications the number of notifications in this part
     * @param end when the last one is received, in milliseconds of simulated time
     * @throws Exception if it cannot start
     */
    void start(long notifications, long end) throws Exception;

    /**
     * Whether all work is done and what comes of it can be read.
     *
     * @param ends the offset after the last notification, for each partition that has one
     * @throws Exception if it has failed
     */
    boolean isDone(Map<TopicPartition, Long> ends) throws Exception;

    /**
     * Whether what comes of all that it has committed can be read.
     *
     * @throws Exception if it has failed
     */
    boolean isReadable() throws Exception;

    /**
     * Stops it and keeps its state.
     *
     * @throws Exception if its state cannot be kept
     */
    void stop() throws Exception;
}
