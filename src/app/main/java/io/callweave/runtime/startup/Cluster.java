package io.callweave.runtime.startup;

import io.callweave.permissions.ClientRole;
import io.callweave.permissions.PermissionCheck;
import io.callweave.permissions.Permissions;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicState;
import io.callweave.topics.TopicStates;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** A connection to a cluster that was there when it was made. */
public final class Cluster implements AutoCloseable {

    /**
     * Longer than a broker and this process need on a machine where many others start at the same moment: an instance that
     * gives up starts again, which costs that machine even more.
     */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Kafka warns at each attempt, and by default there are some twenty a second for each broker. */
    private static final Map<String, Object> FEW_ATTEMPTS = Map.of(
            AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG,
            1_000,
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            4_000);

    private static final String TRANSACTION_VERSION = "transaction.version";

    private final Admin admin;
    private final String servers;

    private Cluster(Admin admin, String servers) {
        this.admin = admin;
        this.servers = servers;
    }

    /**
     * Connects, and waits until a broker has answered.
     *
     * @param client options of Kafka clients, with {@code bootstrap.servers}
     * @throws OperationsException if none answers in time, or none lets us in
     */
    public static Cluster connect(Map<String, Object> client, Duration patience) {
        String servers = String.valueOf(client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        Cluster cluster = new Cluster(admin(client), servers);
        try {
            cluster.awaitAnswer(patience);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** The same, as long as a start waits. */
    public static Cluster connect(Map<String, Object> client) {
        return connect(client, PATIENCE);
    }

    public Admin admin() {
        return admin;
    }

    /**
     * The topics among these that exist.
     *
     * @throws OperationsException if the cluster does not tell
     */
    public Map<String, TopicState> topics(Collection<String> names) {
        return told(() -> TopicStates.read(admin, names));
    }

    /**
     * Those among these that do not exist. Who may read a topic may ask for that.
     *
     * @throws OperationsException if the cluster does not tell
     */
    public List<String> missing(Collection<String> names) {
        return told(() -> TopicStates.missing(admin, names));
    }

    private static <T> T told(Supplier<T> answer) {
        try {
            return answer.get();
        } catch (KafkaException e) {
            throw new OperationsException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Checks what a role needs of it.
     *
     * @param needed topics without which the role cannot work
     * @throws OperationsException if a permission or a topic is missing; one sentence that says what to do
     */
    public void check(ClientRole role, String application, String prefix, Collection<Topic> needed) {
        new PermissionCheck(admin, new Permissions(prefix, application))
                .sentence(role)
                .ifPresent(lacking -> {
                    throw new OperationsException(lacking);
                });
        List<String> names = needed.stream().map(topic -> topic.name(prefix)).toList();
        List<String> missing = missing(names);
        if (!missing.isEmpty()) {
            throw new OperationsException("Missing on " + servers + ": " + String.join(", ", missing)
                    + "; to make them: callweave topics create --bootstrap-servers=" + servers + " --topics-prefix="
                    + prefix);
        }
    }

    /** Which transaction protocol the brokers have agreed on; nothing if they do not tell. */
    OptionalInt transactionVersion() {
        try {
            FinalizedVersionRange version = admin.describeFeatures()
                    .featureMetadata()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .finalizedFeatures()
                    .get(TRANSACTION_VERSION);
            // Brokers that know the feature and run without it do not list it.
            return OptionalInt.of(version == null ? 0 : version.maxVersionLevel());
        } catch (ExecutionException | TimeoutException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    /** A client that connects only when it is asked something, and again and again if it has to. */
    public static Admin admin(Map<String, Object> client) {
        try {
            Map<String, Object> options = new HashMap<>(FEW_ATTEMPTS);
            options.putAll(client);
            return Admin.create(options);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new OperationsException(
                    "No connection to Kafka at " + client.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)
                            + " can be made: " + withoutPeriod(cause) + ".",
                    e);
        }
    }

    private void awaitAnswer(Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        try {
            var unused = admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis))
                    .nodes()
                    .get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(patience, e);
            }
            throw new OperationsException(
                    "Kafka at " + servers + " refuses this client: " + withoutPeriod(cause) + ".", e);
        } catch (TimeoutException e) {
            throw unreachable(patience, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private OperationsException unreachable(Duration patience, Exception cause) {
        return new OperationsException(
                "No Kafka broker at " + servers + " (bootstrap.servers) answered within " + patience.toSeconds()
                        + " s.",
                cause);
    }

    private static String withoutPeriod(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }
}
