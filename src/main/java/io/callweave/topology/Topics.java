package io.callweave.topology;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the {@linkplain Topic topics} on a cluster. */
public final class Topics {

    /** What the topics are for. */
    public enum Variant {

        /** A cluster that runs on: every topic with its own policy. */
        STANDARD {
            @Override
            Map<String, String> configs(Topic topic) {
                return topic.defaultPolicy();
            }
        },

        /**
         * One run over files: recorded timestamps are kept, however old; records may be as large as Kafka can hold; and
         * nothing is deleted or compacted, so that every revision can be read at the end.
         */
        FILES {
            @Override
            Map<String, String> configs(Topic topic) {
                Map<String, String> configs = new HashMap<>();
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
                configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
                configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
                configs.put(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
                configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
                configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(LARGEST_RECORD_BYTES));
                return configs;
            }
        };

        abstract Map<String, String> configs(Topic topic);
    }

    /** Lets the cluster's {@code default.replication.factor} decide. */
    public static final short CLUSTER_DEFAULT_REPLICATION = -1;

    /** A batch must fit into a segment of the log, and a segment has at most 1 GiB by default. */
    public static final int LARGEST_RECORD_BYTES = 1_000_000_000;

    private Topics() {}

    /**
     * Creates the topics that are missing and leaves those that exist as they are. When it returns, the brokers host the
     * new ones: a client that comes at once would else find them missing.
     *
     * @param partitions of each topic
     * @param replication of each topic, or {@link #CLUSTER_DEFAULT_REPLICATION}
     * @return the names of those that were created, sorted
     * @throws KafkaException if the cluster refuses one; the message names it
     */
    public static Set<String> create(Admin admin, String prefix, int partitions, short replication, Variant variant) {
        return create(admin, prefix, partitions, replication, variant::configs);
    }

    /** The same with the policies of a plan. */
    public static Set<String> create(Admin admin, TopicPlan plan, int partitions, short replication) {
        return create(admin, plan.prefix(), partitions, replication, plan::policy);
    }

    private static Set<String> create(
            Admin admin,
            String prefix,
            int partitions,
            short replication,
            Function<Topic, Map<String, String>> configs) {
        Map<String, KafkaFuture<Void>> requested = admin.createTopics(Arrays.stream(Topic.values())
                        .map(topic ->
                                new NewTopic(topic.name(prefix), partitions, replication).configs(configs.apply(topic)))
                        .toList())
                .values();
        Set<String> created = new TreeSet<>();
        requested.forEach((name, future) -> {
            if (isNew(name, future)) {
                created.add(name);
            }
        });
        HostedTopics.await(admin, created);
        return created;
    }

    private static boolean isNew(String name, KafkaFuture<Void> future) {
        try {
            future.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw failure("The topic " + name + " cannot be created", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static KafkaException failure(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new KafkaException(what + ": " + cause.getMessage(), cause);
    }
}
