package io.callweave.runtime.options;

import io.callweave.topics.Topic;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.SourceProgress;
import java.util.Set;

/** Makes the topology's configuration once it is known what the cluster is like. */
@FunctionalInterface
public interface TopologyFactory {

    /**
     * Makes it.
     *
     * @param inputs the optional topics that are there to be read
     */
    TopologyConfig create(Set<Topic> inputs, int sourcePartitions, SourceProgress readAhead, TopologyMetrics metrics);
}
