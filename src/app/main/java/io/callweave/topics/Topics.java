package io.callweave.topics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the {@linkplain Topic topics} on a cluster. */
public final class Topics {

    /** The purpose of the topics. */
    public enum Variant {

        /** A permanent cluster: every topic with its own policy. */
        STANDARD {
            @Override
            Map<String, String> configs(Topic topic) {
                return topic.defaultPolicy();
            }
        },

        /**
         * One run over files. Recorded timestamps are kept, whatever their age. Records may be as large as Kafka
         * allows. Nothing is deleted or compacted, so that every revision can be read at the end.
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

    /** The cluster's {@code default.replication.factor} decides. */
    public static final short CLUSTER_DEFAULT_REPLICATION = -1;

    /** A batch must fit into a segment of the log, and a segment has at most 1 GiB by default. */
    public static final int LARGEST_RECORD_BYTES = 1_000_000_000;

    private Topics() {}

    /**
     * Creates the missing topics and leaves existing ones unchanged. When it returns, the brokers host the new ones;
     * otherwise a client that connects at once would not find them.
     *
     * @param partitions of each topic
     * @param replication of each topic, or {@link #CLUSTER_DEFAULT_REPLICATION}
     * @return the sorted names of the created topics
     * @throws KafkaException if the cluster refuses one; the message names it
     */
    public static Set<String> create(Admin admin, String prefix, int partitions, short replication, Variant variant) {
        return create(admin, List.of(Topic.values()), prefix, partitions, replication, variant::configs);
    }

    /** The same with the policies of a plan. */
    public static Set<String> create(Admin admin, TopicPlan plan, int partitions, short replication) {
        return create(admin, plan.topics(), plan.prefix(), partitions, replication, plan::policy);
    }

    private static Set<String> create(
            Admin admin,
            List<Topic> topics,
            String prefix,
            int partitions,
            short replication,
            Function<Topic, Map<String, String>> configs) {
        Map<String, KafkaFuture<Void>> requested = admin.createTopics(topics.stream()
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
            throw new KafkaException(
                    Unauthorized.sentence(e, AclOperation.CREATE, name)
                            .orElseGet(() -> "The topic " + name + " cannot be created: " + cause(e).getMessage()),
                    cause(e));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static Throwable cause(ExecutionException e) {
        return e.getCause() == null ? e : e.getCause();
    }
}
