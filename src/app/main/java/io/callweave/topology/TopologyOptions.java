package io.callweave.topology;

import io.callweave.settings.KnownSettings;
import io.callweave.settings.Setting;
import io.callweave.settings.Settings;
import io.callweave.settings.value.OutputSwitch;
import io.callweave.settings.value.PartitionBy;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

    private static final Map<Topic, Setting<OutputSwitch>> OUTPUTS = Map.of(
            Topic.PARTY_EVENTS, KnownSettings.TOPICS_PARTY_EVENTS,
            Topic.LIVE_CALLS, KnownSettings.TOPICS_LIVE_CALLS,
            Topic.PARTY_METRICS, KnownSettings.TOPICS_PARTY_METRICS);

    public TopologyOptions {
        off = Set.copyOf(off);
    }

    public static TopologyOptions of(Settings settings) {
        return new TopologyOptions(
                settings.get(KnownSettings.TOPICS_PREFIX),
                settings.get(KnownSettings.TOPICS_ENVELOPE),
                off(settings),
                settings.get(KnownSettings.BRIDGE_PARTITION_BY),
                CallOptions.of(settings),
                WindowOptions.of(settings));
    }

    /** Values as they are, all outputs, and notifications that are partitioned by their session. */
    public static TopologyOptions under(String topicPrefix, CallOptions calls, WindowOptions windows) {
        return new TopologyOptions(topicPrefix, ValueEnvelope.NONE, Set.of(), PartitionBy.SESSION, calls, windows);
    }

    /** The outputs that are not written. */
    public static Set<Topic> off(Settings settings) {
        return OUTPUTS.entrySet().stream()
                .filter(output -> settings.get(output.getValue()) == OutputSwitch.OFF)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
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
