package io.callweave.topology;

import io.callweave.call.CallRules;
import io.callweave.call.Waits;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What the topology is built from.
 *
 * @param topicPrefix in front of every topic name
 * @param sourcePartitions how many partitions {@code notifications} has
 * @param maxNotificationBytes larger notifications go to the dead letters
 * @param idleClock the time that runs on in a partition with nothing left to read, in milliseconds since the epoch
 * @param readAhead tells whether there is nothing left to read
 * @param tick how often both stages look at the clock, in wall time
 * @param metrics counts what happens
 */
public record TopologyConfig(
        String topicPrefix,
        int sourcePartitions,
        int maxNotificationBytes,
        CallRules rules,
        Waits waits,
        LongSupplier idleClock,
        ReadAhead readAhead,
        Listener listener,
        Duration tick,
        TopologyMetrics metrics) {

    /** Hears how far the topology is; called from stream threads. */
    public interface Listener {

        Listener NONE = (partition, now) -> {};

        /** A partition of stage 2 has done everything that was due at this time of its clock. */
        void caughtUp(int partition, long now);
    }
}
