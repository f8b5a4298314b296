package io.callweave.bench.throughput;

import io.callweave.topics.Topic;
import java.nio.file.Path;

/**
 * Where a subject runs.
 *
 * @param name the beginning of its topics and of its group: {@code bench}, or that and more
 * @param label of the subject
 * @param directory for its state
 * @param lateWindow how long Callweave keeps a settled call, in milliseconds of simulated time
 * @param recorded whether all of the input is there from the start, and the process may be killed
 */
public record Site(
        String name,
        String label,
        String bootstrapServers,
        int partitions,
        int threads,
        Path directory,
        long lateWindow,
        boolean recorded) {

    /** Of its topics. */
    public String prefix() {
        return name + "." + label + ".";
    }

    /** The topic that it reads. */
    public String input() {
        return Topic.NOTIFICATIONS.name(prefix());
    }

    /** Its consumer group, which is also the id of an application of Kafka Streams. */
    public String group() {
        return name + "-" + label;
    }
}
