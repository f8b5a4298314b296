package io.callweave.cli.topics;

import io.callweave.cli.common.DataLines;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.TopicOptions;
import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.permissions.Permissions;
import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.Settings;
import io.callweave.topics.Strimzi;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code topics create}: makes what is missing. */
@Command(
        name = "create",
        description = "Create the topics that are missing, and print their names; those that exist stay as they are.",
        footer = {
            "",
            "Examples:",
            "  callweave topics create --bootstrap-servers=kafka-1:9092 --partitions 24 --replication-factor 3",
            "  callweave topics create --format=strimzi --cluster=my-cluster --replication-factor 3"
        })
final class TopicsCreateCommand extends ClusterCommand {

    private static final String STRIMZI = "strimzi";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = {
                "Partitions of each topic (default " + Topic.DEFAULT_PARTITIONS + ").",
                "Choose for growth: later you can only add partitions of notifications, by session."
            })
    private int partitions = Topic.DEFAULT_PARTITIONS;

    @Option(
            names = "--replication-factor",
            paramLabel = "N",
            description = "Replicas of each topic (default: the cluster's default.replication.factor).")
    private @Nullable Short replicas;

    @Option(names = "--json", description = "Print JSON: an array of {topic, created}.")
    private boolean json;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "strimzi: create nothing, and print KafkaTopic resources for Strimzi's Topic Operator.")
    private @Nullable String format;

    @Option(
            names = "--cluster",
            paramLabel = "NAME",
            description = "With strimzi: the name of the Kafka resource (my-cluster).")
    private String cluster = "my-cluster";

    @Override
    protected int onCluster(Settings settings) {
        TopicOptions.checkPartitions(spec(), partitions);
        if (replicas != null) {
            TopicOptions.checkReplicas(spec(), replicas);
        }
        Permissions.checkNames(settings);
        TopicPlan plan = TopicPlan.of(settings);
        if (format != null) {
            return print(plan);
        }
        Set<String> created = create(settings, plan);
        if (json) {
            data().json(plan.topics().stream()
                    .map(plan::name)
                    .map(name -> DataLines.element("topic", name, "created", created.contains(name)))
                    .toList());
        } else {
            data().lines(created);
        }
        int present = plan.topics().size() - created.size();
        say(created.size() + " topics created"
                + (present == 0
                        ? "."
                        : "; " + present + " existed and are as they were: \"callweave topics check\" looks at them."));
        return ExitStatus.DONE;
    }

    private int print(TopicPlan plan) {
        if (json || !STRIMZI.equals(format)) {
            throw wrong("--format is \"" + format + "\"; it must be " + STRIMZI + ", without --json.");
        }
        Messages.out(spec())
                .print(WrongUsage.checked(spec(), () -> Strimzi.topics(plan, partitions, replicas, cluster)));
        Messages.out(spec()).flush();
        return ExitStatus.DONE;
    }

    private Set<String> create(Settings settings, TopicPlan plan) {
        try (Cluster cluster = ClusterSettings.connect(settings, messages())) {
            return Topics.create(
                    cluster.admin(),
                    plan,
                    partitions,
                    replicas == null ? Topics.CLUSTER_DEFAULT_REPLICATION : replicas);
        } catch (KafkaException e) {
            throw new OperationsException(String.valueOf(e.getMessage()), e);
        }
    }
}
