package io.callweave.operations;

import io.callweave.topology.ReadAhead;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyMetrics;

/** Makes the topology's configuration once it is known what the cluster is like. */
@FunctionalInterface
public interface TopologyFactory {

    /**
     * Makes it.
     *
     * @param directory whether there is a topic with the directory of extensions
     */
    TopologyConfig create(boolean directory, int sourcePartitions, ReadAhead readAhead, TopologyMetrics metrics);
}
