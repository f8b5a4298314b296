package io.callweave.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Waits for topics that were just created. A controller reports them before its brokers know them. A client that
 * connects at once does not find them, and a Streams application then stops.
 */
public final class HostedTopics {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private HostedTopics() {}

    /**
     * Returns when every partition of the topics has a leader that answers.
     *
     * @throws KafkaException if they have none after a minute
     */
    public static void await(Admin admin, Set<String> topics) {
        long start = System.nanoTime();
        try {
            while (true) {
                try {
                    admin.listOffsets(partitions(admin, topics)).all().get();
                    return;
                } catch (ExecutionException e) {
                    if (Unauthorized.is(e)) {
                        throw new KafkaException(
                                Unauthorized.sentence("needs Describe on the topics " + topics), e.getCause());
                    }
                    if (!(e.getCause() instanceof RetriableException)
                            || System.nanoTime() - start > PATIENCE.toNanos()) {
                        throw new KafkaException("The topics " + topics + " do not appear.", e);
                    }
                    Thread.sleep(PAUSE.toMillis()); // topics can only be polled
                }
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Map<TopicPartition, OffsetSpec> partitions(Admin admin, Set<String> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition ->
                                partitions.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        return partitions;
    }
}
