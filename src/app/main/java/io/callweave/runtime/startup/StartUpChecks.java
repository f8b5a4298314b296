package io.callweave.runtime.startup;

import io.callweave.runtime.options.StreamsRoleOptions;
import io.callweave.topics.HopNeeds;
import io.callweave.topics.HopPartitions;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Looks whether the topology can run on a cluster, before it does: what is wrong with the topics would else show as lost
 * calls, weeks later.
 */
public final class StartUpChecks {

    /** From this version on a transaction cannot take in what was sent for the one before it (KIP-890). */
    private static final int SAFE_TRANSACTIONS = 2;

    private final StreamsRoleOptions options;

    /**
     * What was found.
     *
     * @param inputs the optional topics that are there
     * @param hop whether the internal topic between router and stage is there
     * @param homes how many partitions it has, or gets
     * @param deleteRetention how long changelogs keep a deletion at least
     * @param warnings sentences for the operator
     */
    public record Findings(
            Set<Topic> inputs,
            boolean hop,
            int homes,
            int sourcePartitions,
            Duration deleteRetention,
            List<String> warnings) {}

    public StartUpChecks(StreamsRoleOptions options) {
        this.options = options;
    }

    /**
     * What was found on a cluster that the topology can run on.
     *
     * @throws OperationsException if the topology must not run; one sentence that says why, and what to do
     */
    public Findings run(Cluster cluster) {
        StreamsPermissions.lacking(options.role(), cluster).ifPresent(sentence -> {
            throw new OperationsException(sentence);
        });
        List<String> names = new ArrayList<>(
                Topic.ofAssembly().stream().map(options.role().topics()::name).toList());
        names.add(options.hopTopic());
        names.addAll(options.changelogs());
        return check(cluster.topics(names), cluster.transactionVersion());
    }

    Findings check(Map<String, TopicState> states, OptionalInt transactionVersion) {
        checkPresence(states);
        TopicState notifications = states.get(options.role().topics().name(Topic.NOTIFICATIONS));
        if (notifications == null) {
            throw new IllegalStateException("Its presence was just checked.");
        }
        TopicState hop = states.get(options.hopTopic());
        if (hop != null) {
            checkHop(notifications, hop);
        }
        List<TopicState> changelogs = options.changelogs().stream()
                .map(states::get)
                .filter(Objects::nonNull)
                .toList();
        changelogs.forEach(this::checkChangelog);
        checkTimestamps(notifications);
        checkRetention(notifications);
        Set<Topic> inputs = Topic.OPTIONAL.stream()
                .filter(topic -> states.containsKey(options.role().topics().name(topic)))
                .collect(Collectors.toUnmodifiableSet());
        List<String> warnings = new ArrayList<>(warnings(transactionVersion));
        Topic.OPTIONAL.stream()
                .filter(topic -> !inputs.contains(topic))
                .sorted()
                .forEach(topic -> warnings.add(options.role().topics().name(topic) + " is not there, so "
                        + topic.withoutIt() + ", until it is made and this is started again: " + createCommand()));
        int partitions = notifications.partitions();
        return new Findings(
                inputs,
                hop != null,
                hop == null ? partitions : hop.partitions(),
                partitions,
                deleteRetention(changelogs),
                warnings);
    }

    private String createCommand() {
        return "callweave topics create --bootstrap-servers=" + options.role().servers() + " --topics-prefix="
                + options.role().topics().prefix();
    }

    private void checkPresence(Map<String, TopicState> states) {
        List<String> missing = options.role().topics().topics().stream()
                .filter(topic -> !topic.isOptional())
                .map(options.role().topics()::name)
                .filter(name -> !states.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw new OperationsException("Missing on " + options.role().servers() + ": " + String.join(", ", missing)
                    + "; to make them: " + createCommand());
        }
    }

    private void checkHop(TopicState notifications, TopicState hop) {
        HopPartitions.wrong(hop, notifications, options.topology().partitionBy())
                .ifPresent(wrong -> {
                    throw new OperationsException(wrong + ".");
                });
        HopNeeds.lacks(hop, options.role().topics()).stream().findFirst().ifPresent(lack -> {
            throw new OperationsException(hop.name() + " has " + lack.setting() + " " + lack.is() + "; set it to "
                    + lack.should() + " on the topic, or " + lack.otherwise() + ".");
        });
    }

    /** It was made for smaller notifications, if their limit was raised later. */
    private void checkChangelog(TopicState changelog) {
        String size = changelog.config(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        int needed = options.role().topics().internalRecordBytes();
        if (!size.isEmpty() && Long.parseLong(size) < needed) {
            throw new OperationsException(changelog.name() + " has " + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " " + size
                    + "; set it to " + needed + " on the topic, or a party event that waits for another one stops its"
                    + " partition.");
        }
    }

    /** Kafka's default where no changelog is there yet. */
    private static Duration deleteRetention(List<TopicState> changelogs) {
        return changelogs.stream()
                .map(changelog -> changelog.config(TopicConfig.DELETE_RETENTION_MS_CONFIG))
                .filter(millis -> !millis.isEmpty())
                .map(millis -> Duration.ofMillis(Long.parseLong(millis)))
                .min(Duration::compareTo)
                .orElse(Duration.ofDays(1));
    }

    private void checkTimestamps(TopicState notifications) {
        String type = notifications.config(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);
        if (options.role().topics().logAppendTime() && !type.equals(TopicPlan.LOG_APPEND_TIME)) {
            throw new OperationsException(notifications.name() + " has message.timestamp.type " + type
                    + ", but LogAppendTime says when a notification was received; set that on the topic, or"
                    + " notifications.timestamp-type=create-time if it holds recorded times.");
        }
    }

    private void checkRetention(TopicState notifications) {
        long retention = Long.parseLong(notifications.config(TopicConfig.RETENTION_MS_CONFIG));
        Duration shortest = options.shortestRetention();
        if (retention >= 0 && retention < shortest.toMillis()) {
            throw new OperationsException(notifications.name() + " has retention.ms " + retention
                    + ", but notifications must be kept for " + shortest.toMillis()
                    + " ms at least, the sum of completion.late-window and completion.max-idle.");
        }
    }

    private static List<String> warnings(OptionalInt transactionVersion) {
        if (transactionVersion.isEmpty()) {
            return List.of("The brokers do not report their transaction.version; below 2 a broker's failure can lose or"
                    + " double records.");
        }
        int version = transactionVersion.getAsInt();
        return version >= SAFE_TRANSACTIONS
                ? List.of()
                : List.of("The brokers have transaction.version " + version
                        + ": a broker's failure can lose or double records; once all brokers are at 4.0 or later:"
                        + " kafka-features.sh --bootstrap-server … upgrade --feature transaction.version=2");
    }
}
