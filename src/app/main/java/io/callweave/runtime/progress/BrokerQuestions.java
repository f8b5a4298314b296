package io.callweave.runtime.progress;

import io.callweave.runtime.progress.Progress.Offsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** What is asked of the brokers. Each question fails if it is not answered in time. */
final class BrokerQuestions {

    private static final Set<String> OF_KAFKA = Set.of("__consumer_offsets", "__transaction_state");

    private final Admin admin;
    private final String group;
    private final Duration patience;

    BrokerQuestions(Admin admin, String group, Duration patience) {
        this.admin = admin;
        this.group = group;
        this.patience = patience;
    }

    /** Returns once any broker has answered. */
    void anyBroker() throws ExecutionException, TimeoutException, InterruptedException {
        get(admin.describeCluster().nodes());
    }

    /**
     * How far the group is in these partitions, and how far they go.
     *
     * @param begun tells of a partition and its committed offset whether a step has begun on what comes from there on
     */
    Map<TopicPartition, Offsets> offsets(Set<TopicPartition> partitions, BiPredicate<TopicPartition, Long> begun)
            throws ExecutionException, TimeoutException, InterruptedException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> ends = ends(partitions, OffsetSpec.latest());
        // After records were deleted, the start of a topic is beyond the committed offset.
        Map<TopicPartition, Long> begins = ends(partitions, OffsetSpec.earliest());
        Map<TopicPartition, Offsets> offsets = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata at = committed.get(partition);
            long from = Math.max(at == null ? 0 : at.offset(), begins.getOrDefault(partition, 0L));
            offsets.put(partition, new Offsets(from, ends.getOrDefault(partition, 0L), begun.test(partition, from)));
        }
        return offsets;
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, TimeoutException, InterruptedException {
        // Only what is committed can be read.
        Map<TopicPartition, ListOffsetsResultInfo> answers = get(admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> which)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all());
        return answers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, answer -> answer.getValue().offset()));
    }

    /**
     * A partition that Kafka can write nothing to at the moment, among the topics that the group needs. With too few replicas,
     * brokers still answer every question, and no transaction ends.
     *
     * @param isOwn whether a topic is one of the application's
     */
    Optional<TopicPartition> unwritable(Predicate<String> isOwn)
            throws ExecutionException, TimeoutException, InterruptedException {
        Set<String> names = get(admin.listTopics(new ListTopicsOptions().listInternal(true))
                        .names())
                .stream()
                .filter(name -> isOwn.test(name) || OF_KAFKA.contains(name))
                .collect(Collectors.toCollection(HashSet::new));
        Map<String, TopicDescription> topics = get(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs = get(admin.describeConfigs(names.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        for (TopicDescription topic : topics.values()) {
            int least = leastReplicas(configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name())));
            for (TopicPartitionInfo partition : topic.partitions()) {
                if (partition.leader() == null || partition.isr().size() < least) {
                    return Optional.of(new TopicPartition(topic.name(), partition.partition()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the group redistributes its work at the moment. It waits for each member that it knows, also for one that was
     * killed, until its session times out; nobody can commit until then. Unknown for {@code group.protocol=streams}.
     */
    boolean isRebalancing() throws TimeoutException, InterruptedException {
        try {
            return get(admin.describeConsumerGroups(Set.of(group)).all()).values().stream()
                    .map(ConsumerGroupDescription::groupState)
                    .anyMatch(state ->
                            state == GroupState.PREPARING_REBALANCE || state == GroupState.COMPLETING_REBALANCE);
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static int leastReplicas(@Nullable Config config) {
        ConfigEntry entry = config == null ? null : config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return entry == null || entry.value() == null ? 1 : Integer.parseInt(entry.value());
    }

    private <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    }
}
