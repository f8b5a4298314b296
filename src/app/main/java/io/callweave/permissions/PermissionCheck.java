package io.callweave.permissions;

import io.callweave.topics.Unauthorized;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;

/**
 * Asks the brokers which permissions this client lacks. For existing topics they answer exactly; for the rest, this
 * tries something harmless. An unknown permission counts as granted, so that a guess stops nothing.
 */
public final class PermissionCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Kafka derives Describe from these, so a client without Describe has none of them. */
    private static final Set<AclOperation> IMPLY_DESCRIBE = EnumSet.of(
            AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER, AclOperation.DESCRIBE);

    private final Admin admin;
    private final Permissions permissions;

    public PermissionCheck(Admin admin, Permissions permissions) {
        this.admin = admin;
        this.permissions = permissions;
    }

    /**
     * What the role lacks, in words such as "Write on the topic callweave.calls"; empty if that is unknown.
     *
     * @return a sentence that names each missing permission
     */
    public Optional<String> sentence(ClientRole role) {
        List<String> lacking = lacking(role);
        return lacking.isEmpty()
                ? Optional.empty()
                : Optional.of(Unauthorized.sentence("as " + role.inWords() + " needs " + String.join(", ", lacking)));
    }

    private List<String> lacking(ClientRole role) {
        Set<String> lacking = new LinkedHashSet<>();
        Set<String> visible = visibleTopics();
        for (Permission permission : permissions.of(role)) {
            switch (permission.resource().resourceType()) {
                case TOPIC -> lacking.addAll(onTopics(permission, visible));
                case GROUP -> {
                    if (isRefused(
                            admin.listConsumerGroupOffsets(permission.resource().name())
                                    .partitionsToOffsetAndMetadata())) {
                        permission.sortedOperations().forEach(one -> lacking.add(permission.inWords(one)));
                    }
                }
                case TRANSACTIONAL_ID -> {
                    String sample = permission.resource().name() + "permission-check";
                    if (isRefused(admin.describeTransactions(List.of(sample)).all())) {
                        lacking.add(permission.inWords(AclOperation.WRITE));
                    }
                }
                default -> throw new IllegalStateException("No role needs " + permission.resource());
            }
        }
        return List.copyOf(lacking);
    }

    /** Operations on an existing topic, or Create for a missing one. */
    private List<String> onTopics(Permission permission, Set<String> visible) {
        Set<String> names = new TreeSet<>();
        if (permission.resource().patternType() == PatternType.PREFIXED) {
            visible.stream()
                    .filter(name -> name.startsWith(permission.resource().name()))
                    .forEach(names::add);
            String prefix = permission.resource().name();
            String first = permissions.internalTopic();
            names.add(first.startsWith(prefix) ? first : prefix + "permission-check");
        } else {
            names.add(permission.resource().name());
        }
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        Set<AclOperation> lacking = EnumSet.noneOf(AclOperation.class);
        answers.forEach((name, answer) -> lacking.addAll(lackingOn(name, permission.operations(), answer)));
        return lacking.stream().map(permission::inWords).toList();
    }

    private Set<AclOperation> lackingOn(String topic, Set<AclOperation> needed, KafkaFuture<TopicDescription> answer) {
        try {
            Set<AclOperation> allowed =
                    answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).authorizedOperations();
            return allowed == null
                    ? Set.of()
                    : needed.stream()
                            // The topic already exists.
                            .filter(operation -> operation != AclOperation.CREATE)
                            .filter(operation -> !allowed.contains(operation))
                            .collect(Collectors.toUnmodifiableSet());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return needed.stream().filter(IMPLY_DESCRIBE::contains).collect(Collectors.toUnmodifiableSet());
            }
            boolean toBeMade =
                    e.getCause() instanceof UnknownTopicOrPartitionException && needed.contains(AclOperation.CREATE);
            return toBeMade && isCreateRefused(topic) ? Set.of(AclOperation.CREATE) : Set.of();
        } catch (TimeoutException e) {
            return Set.of();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private boolean isCreateRefused(String topic) {
        return isRefused(admin.createTopics(
                        List.of(new NewTopic(topic, Optional.of(1), Optional.empty())),
                        new CreateTopicsOptions().validateOnly(true))
                .all());
    }

    private static boolean isRefused(KafkaFuture<?> answer) {
        try {
            var unused = answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return false;
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthorizationException;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Brokers list only the topics that the client may describe. */
    private Set<String> visibleTopics() {
        try {
            return admin.listTopics().names().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Set.of();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
