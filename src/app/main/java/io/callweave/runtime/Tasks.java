package io.callweave.runtime;

import io.callweave.topology.meter.TopologyMetrics;
import java.util.Collection;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.TopologyDescription;

/** The tasks that this instance has at the moment, of whatever sub-topologies there are. */
final class Tasks {

    private final KafkaStreams streams;

    Tasks(KafkaStreams streams) {
        this.streams = streams;
    }

    /** The partitions that they read. */
    Set<TopicPartition> activePartitions() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Shows their numbers as metrics. */
    void show(TopologyDescription topology, TopologyMetrics metrics) {
        for (TopologyDescription.Subtopology each : topology.subtopologies()) {
            metrics.tasks(Integer.toString(each.id()), "active", () -> count(each.id(), ThreadMetadata::activeTasks));
            metrics.tasks(Integer.toString(each.id()), "standby", () -> count(each.id(), ThreadMetadata::standbyTasks));
        }
    }

    private int count(int subtopology, Function<ThreadMetadata, Collection<TaskMetadata>> role) {
        return (int) streams.metadataForLocalThreads().stream()
                .flatMap(thread -> role.apply(thread).stream())
                .filter(task -> task.taskId().subtopology() == subtopology)
                .count();
    }
}
