package io.callweave.cli.replay;

import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicState;
import io.callweave.topics.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/** The topics that a replay goes to: fresh ones, because what was closed there once is too late for ever. */
final class ReplayTopics {

    /** Recorded times can be older than any retention. */
    private static final Duration FOR_EVER = Duration.ofMillis(-1);

    private final TopicPlan plan;
    private final int partitions;
    private final boolean recordedTime;

    ReplayTopics(Settings settings, String prefix, int partitions, boolean recordedTime) {
        this.plan = TopicPlan.of(settings)
                .under(
                        prefix,
                        recordedTime ? FOR_EVER : settings.get(KnownSettings.NOTIFICATIONS_RETENTION),
                        !recordedTime);
        this.partitions = partitions;
        this.recordedTime = recordedTime;
    }

    /**
     * Makes those that are missing.
     *
     * @param used whether they may have notifications already
     * @throws OperationsException if they must not be replayed to; one sentence
     */
    void prepare(Cluster cluster, boolean used, PrintWriter messages) {
        String name = plan.name(Topic.NOTIFICATIONS);
        TopicState there = cluster.topics(List.of(name)).get(name);
        if (there == null) {
            int made = Topics.create(cluster.admin(), plan, partitions, Topics.CLUSTER_DEFAULT_REPLICATION)
                    .size();
            messages.println("callweave: " + made + " topics made with the prefix " + plan.prefix()
                    + "; run streams with --topics-prefix=" + plan.prefix() + " and an --application-id of its own"
                    + (recordedTime ? ", and with --notifications-timestamp-type=create-time." : "."));
            return;
        }
        if (recordedTime
                && there.config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).equals(TopicPlan.LOG_APPEND_TIME)) {
            throw new OperationsException(name + " has LogAppendTime, which overwrites recorded times;"
                    + " name a --to-prefix that is not used yet, or leave --recorded-time out.");
        }
        if (!used && holdsRecords(cluster, there)) {
            throw new OperationsException(name + " has notifications already, and a replay there would mix with them;"
                    + " name a --to-prefix that is not used yet, or give --even-if-used.");
        }
    }

    private static boolean holdsRecords(Cluster cluster, TopicState topic) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>(IntStream.range(0, topic.partitions())
                .boxed()
                .collect(Collectors.toMap(
                        number -> new TopicPartition(topic.name(), number), number -> OffsetSpec.latest())));
        try {
            return cluster.admin().listOffsets(asked).all().get().values().stream()
                    .anyMatch(end -> end.offset() > 0);
        } catch (ExecutionException e) {
            throw new OperationsException(
                    "The ends of " + topic.name() + " cannot be read: " + e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
