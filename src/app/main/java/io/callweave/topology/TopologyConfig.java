package io.callweave.topology;

import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.checks.Check;
import io.callweave.notification.NotificationLimits;
import io.callweave.settings.value.PartitionBy;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.SourceProgress;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowOptions;
import java.time.Duration;
import java.util.Set;

/**
 * What the topology is built from.
 *
 * @param topicPrefix in front of every topic name
 * @param off the outputs that are not written
 * @param sourcePartitions how many partitions {@code notifications} has
 * @param partitionBy what most of its records were partitioned by
 * @param envelope of the topics that are tables
 * @param inputs the optional topics that are there to be read
 * @param notifications larger ones go to the dead letters
 * @param metrics counts what happens
 */
public record TopologyConfig(
        String topicPrefix,
        ValueEnvelope envelope,
        Set<Topic> inputs,
        Set<Topic> off,
        int sourcePartitions,
        PartitionBy partitionBy,
        NotificationLimits notifications,
        CallRules rules,
        CallTimeouts timing,
        CallLimits limits,
        WindowOptions windows,
        Clock clock,
        Listener listener,
        TopologyMetrics metrics) {

    public TopologyConfig {
        Check.atLeast("The partitions of notifications", 1, sourcePartitions);
        inputs = Set.copyOf(inputs);
        off = Set.copyOf(off);
    }

    /** With all outputs. */
    public TopologyConfig(
            String topicPrefix,
            ValueEnvelope envelope,
            Set<Topic> inputs,
            int sourcePartitions,
            NotificationLimits notifications,
            CallRules rules,
            CallTimeouts timing,
            CallLimits limits,
            WindowOptions windows,
            Clock clock,
            Listener listener,
            TopologyMetrics metrics) {
        this(
                topicPrefix,
                envelope,
                inputs,
                Set.of(),
                sourcePartitions,
                PartitionBy.SESSION,
                notifications,
                rules,
                timing,
                limits,
                windows,
                clock,
                listener,
                metrics);
    }

    /** The same with values as they are, without an envelope, and with all inputs and outputs. */
    public TopologyConfig(
            String topicPrefix,
            int sourcePartitions,
            NotificationLimits notifications,
            CallRules rules,
            CallTimeouts timing,
            CallLimits limits,
            WindowOptions windows,
            Clock clock,
            Listener listener,
            TopologyMetrics metrics) {
        this(
                topicPrefix,
                ValueEnvelope.NONE,
                Topic.OPTIONAL,
                sourcePartitions,
                notifications,
                rules,
                timing,
                limits,
                windows,
                clock,
                listener,
                metrics);
    }

    /** The same without these outputs. */
    public TopologyConfig without(Set<Topic> outputs) {
        return with(outputs, partitionBy);
    }

    /** The same for notifications that are partitioned so. */
    public TopologyConfig partitionedBy(PartitionBy by) {
        return with(off, by);
    }

    private TopologyConfig with(Set<Topic> outputs, PartitionBy by) {
        return new TopologyConfig(
                topicPrefix,
                envelope,
                inputs,
                outputs,
                sourcePartitions,
                by,
                notifications,
                rules,
                timing,
                limits,
                windows,
                clock,
                listener,
                metrics);
    }

    /** Whether the router gives what is for its own partition to the stage of its task, without the repartition topic. */
    boolean skipsHop() {
        return partitionBy == PartitionBy.ACCOUNT;
    }

    /**
     * Where time comes from beside the notifications.
     *
     * @param readAhead tells up to which time there is nothing left to read
     * @param tick how often router and stage look at the clock at least, in wall time
     * @param recorded whether time is that of a recording, so that nothing may go by the wall clock
     * @param inOrder whether the stage takes what comes from several partitions in the order of its time; only where no
     *     process is restarted
     * @param step how much of what is due is worked off in one step
     */
    public record Clock(SourceProgress readAhead, Duration tick, boolean recorded, boolean inOrder, StepLimits step) {

        private static final Duration TICK = Duration.ofSeconds(1);

        public Clock {
            Check.positive("The tick of the clock", tick);
        }

        public Clock(SourceProgress readAhead, Duration tick, boolean recorded) {
            this(readAhead, tick, recorded, false, StepLimits.DEFAULT);
        }

        /** That of a recording that is read once, from its first notification to its last. */
        public static Clock recordedInOrder(SourceProgress readAhead, Duration tick) {
            return new Clock(readAhead, tick, true, true, StepLimits.DEFAULT);
        }

        /** Notifications that come now: where nothing is left to read, it is as late as the wall clock says. */
        public static Clock system(SourceProgress readAhead) {
            return new Clock(readAhead, TICK, false);
        }
    }

    /** Hears how far the topology is; called from stream threads. */
    public interface Listener {

        Listener NONE = (partition, now) -> {};

        /** A home partition has done everything that was due at this time of its clock. */
        void caughtUp(int partition, long now);
    }
}
