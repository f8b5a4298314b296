package io.callweave.operations.options;

import io.callweave.topology.TopologyConfig;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.SourceProgress;

/** Makes the topology's configuration once it is known what the cluster is like. */
@FunctionalInterface
public interface TopologyFactory {

    /**
     * Makes it.
     *
     * @param directory whether there is a topic with the directory of extensions
     */
    TopologyConfig create(boolean directory, int sourcePartitions, SourceProgress readAhead, TopologyMetrics metrics);
}
