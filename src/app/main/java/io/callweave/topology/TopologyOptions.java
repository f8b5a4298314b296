package io.callweave.topology;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.PartitionBy;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.util.Set;

/**
 * What the settings decide about the topology.
 *
 * @param topicPrefix in front of every topic name
 * @param envelope of the topics that are tables
 * @param off the outputs that are not written
 * @param partitionBy what most of the notifications were partitioned by
 */
public record TopologyOptions(
        String topicPrefix,
        ValueEnvelope envelope,
        Set<Topic> off,
        PartitionBy partitionBy,
        CallOptions calls,
        WindowOptions windows) {

    public TopologyOptions {
        off = Set.copyOf(off);
    }

    public static TopologyOptions of(Settings settings) {
        return new TopologyOptions(
                settings.get(KnownSettings.TOPICS_PREFIX),
                settings.get(KnownSettings.TOPICS_ENVELOPE),
                TopicPlan.off(settings),
                settings.get(KnownSettings.BRIDGE_PARTITION_BY),
                CallOptions.of(settings),
                WindowOptions.of(settings));
    }

    /** Values as they are, all outputs, and notifications that are partitioned by their session. */
    public static TopologyOptions under(String topicPrefix, CallOptions calls, WindowOptions windows) {
        return new TopologyOptions(topicPrefix, ValueEnvelope.NONE, Set.of(), PartitionBy.SESSION, calls, windows);
    }

    public TopologyOptions without(Set<Topic> outputs) {
        return new TopologyOptions(topicPrefix, envelope, outputs, partitionBy, calls, windows);
    }

    public TopologyOptions partitionedBy(PartitionBy by) {
        return new TopologyOptions(topicPrefix, envelope, off, by, calls, windows);
    }

    /** Whether the router gives what is for its own partition to the stage of its task, without the repartition topic. */
    boolean skipsHop() {
        return partitionBy == PartitionBy.ACCOUNT;
    }
}
