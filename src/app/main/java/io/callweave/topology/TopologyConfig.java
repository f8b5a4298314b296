package io.callweave.topology;

import io.callweave.checks.Check;
import io.callweave.topics.Topic;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.SourceProgress;
import io.callweave.topology.time.StepLimits;
import java.time.Duration;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * What the topology is built from.
 *
 * @param inputs the optional topics that are there to be read
 * @param partitions how many the topics have
 * @param metrics counts what happens
 */
public record TopologyConfig(
        TopologyOptions options,
        Set<Topic> inputs,
        Partitions partitions,
        Clock clock,
        Listener listener,
        TopologyMetrics metrics) {

    public TopologyConfig {
        inputs = Set.copyOf(inputs);
    }

    /** With all inputs, where nobody looks at metrics. */
    public TopologyConfig(TopologyOptions options, int partitions, Clock clock, Listener listener) {
        this(options, Topic.OPTIONAL, Partitions.of(partitions), clock, listener, TopologyMetrics.unexported());
    }

    /**
     * Whether the clock of a home partition is that of the partition of notifications with its number, which has all
     * notifications of its accounts. In a recording that is put in order, it is that of all.
     */
    boolean waitsForOwnPartition() {
        return options.skipsHop() && !clock.inOrder();
    }

    /**
     * Of what the router reads, and of the topic between router and stage, which are the homes of accounts. The first can grow;
     * the homes never change, because what they know would not move with their accounts.
     *
     * @param ofNotifications how many there are now
     */
    public record Partitions(int homes, IntSupplier ofNotifications) {

        public Partitions {
            Check.atLeast("The partitions of the stage", 1, homes);
        }

        /** The same number of both, permanently. */
        public static Partitions of(int number) {
            return new Partitions(number, () -> number);
        }
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
