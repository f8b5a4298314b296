package io.callweave.topology;

import io.callweave.call.CallRules;
import io.callweave.settings.Envelope;
import java.time.Duration;

/**
 * What the topology is built from.
 *
 * @param topicPrefix in front of every topic name
 * @param sourcePartitions how many partitions {@code notifications} has
 * @param envelope of the topics that are tables
 * @param directory whether {@code directory} is there to be read
 * @param maxNotificationBytes larger notifications go to the dead letters
 * @param metrics counts what happens
 */
public record TopologyConfig(
        String topicPrefix,
        Envelope envelope,
        boolean directory,
        int sourcePartitions,
        int maxNotificationBytes,
        CallRules rules,
        Timing timing,
        Limits limits,
        WindowOptions windows,
        Clock clock,
        Listener listener,
        TopologyMetrics metrics) {

    /** The same with values as they are, without an envelope, and with a directory. */
    public TopologyConfig(
            String topicPrefix,
            int sourcePartitions,
            int maxNotificationBytes,
            CallRules rules,
            Timing timing,
            Limits limits,
            WindowOptions windows,
            Clock clock,
            Listener listener,
            TopologyMetrics metrics) {
        this(
                topicPrefix,
                Envelope.NONE,
                true,
                sourcePartitions,
                maxNotificationBytes,
                rules,
                timing,
                limits,
                windows,
                clock,
                listener,
                metrics);
    }

    /**
     * Where time comes from beside the notifications.
     *
     * @param readAhead tells up to which time there is nothing left to read
     * @param tick how often both stages look at the clock, in wall time
     * @param recorded whether time is that of a recording, so that nothing may go by the wall clock
     */
    public record Clock(ReadAhead readAhead, Duration tick, boolean recorded) {

        private static final Duration TICK = Duration.ofSeconds(1);

        /** Notifications that come now: where nothing is left to read, it is as late as the wall clock says. */
        public static Clock system(ReadAhead readAhead) {
            return new Clock(readAhead, TICK, false);
        }
    }

    /** Hears how far the topology is; called from stream threads. */
    public interface Listener {

        Listener NONE = (partition, now) -> {};

        /** A partition of stage 2 has done everything that was due at this time of its clock. */
        void caughtUp(int partition, long now);
    }
}
