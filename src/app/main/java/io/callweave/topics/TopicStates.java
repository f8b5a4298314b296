package io.callweave.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads the state of the topics from a cluster. */
public final class TopicStates {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private TopicStates() {}

    /**
     * The existing topics, by name.
     *
     * @throws KafkaException if the cluster does not answer; the message is a sentence
     */
    public static Map<String, TopicState> read(Admin admin, Collection<String> names) {
        Map<String, TopicDescription> existing = describe(admin, names);
        Map<ConfigResource, KafkaFuture<Config>> configs = admin.describeConfigs(existing.keySet().stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .values();
        Map<String, TopicState> states = new TreeMap<>();
        configs.forEach((resource, answer) -> {
            TopicDescription topic = existing.get(resource.name());
            if (topic != null) {
                states.put(resource.name(), state(topic, answer));
            }
        });
        return states;
    }

    /**
     * Those that are not there. Who may read a topic may ask for that.
     *
     * @throws KafkaException if the cluster does not answer; the message is a sentence
     */
    public static List<String> missing(Admin admin, Collection<String> names) {
        Map<String, TopicDescription> existing = describe(admin, names);
        return names.stream().filter(name -> !existing.containsKey(name)).toList();
    }

    private static Map<String, TopicDescription> describe(Admin admin, Collection<String> names) {
        Map<String, TopicDescription> existing = new TreeMap<>();
        admin.describeTopics(names)
                .topicNameValues()
                .forEach((name, answer) -> existing(name, answer).ifPresent(topic -> existing.put(name, topic)));
        return existing;
    }

    private static Optional<TopicDescription> existing(String name, KafkaFuture<TopicDescription> answer) {
        try {
            return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failure(name, AclOperation.DESCRIBE, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failure(name, AclOperation.DESCRIBE, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static TopicState state(TopicDescription topic, KafkaFuture<Config> answer) {
        try {
            Map<String, String> configs =
                    new HashMap<>(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).entries().stream()
                            .filter(entry -> entry.value() != null)
                            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
            int replicas = topic.partitions().get(0).replicas().size();
            return new TopicState(topic.name(), topic.partitions().size(), replicas, configs);
        } catch (ExecutionException e) {
            throw failure(topic.name(), AclOperation.DESCRIBE_CONFIGS, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failure(topic.name(), AclOperation.DESCRIBE_CONFIGS, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static KafkaException failure(String topic, AclOperation asked, Throwable cause) {
        String why = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return new KafkaException(
                Unauthorized.sentence(cause, asked, topic)
                        .orElse("The cluster does not describe the topic " + topic + ": " + why),
                cause);
    }
}
