package io.callweave.cli;

import io.callweave.operations.Cluster;
import io.callweave.settings.Settings;
import io.callweave.topology.Topic;
import io.callweave.topology.TopicCheck;
import io.callweave.topology.TopicPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code topics check}: whether the topics are as they should be. */
@Command(
        name = "check",
        description = {
            "Compare the topics with how they should be, and print a sentence for each difference.",
            "The exit status is 1 if a difference matters."
        },
        footer = {"", "Examples:", "  callweave topics check --bootstrap-servers=kafka-1:9092"})
final class TopicsCheckCommand implements Callable<Integer> {

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = {
                "How many partitions each topic should have (default: as they are).",
                "That the topic between the stages has as many as notifications is always checked."
            })
    private @Nullable Integer partitions;

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        TopicsCommand.quietenKafka();
        if (partitions != null) {
            TopicsCommand.checkPartitions(spec, partitions);
        }
        List<TopicCheck.Difference> differences = differences(settings);
        Messages.dataTo(spec)
                .lines(differences.stream().map(TopicCheck.Difference::sentence).toList());
        long mattering =
                differences.stream().filter(TopicCheck.Difference::matters).count();
        Messages.to(spec)
                .println(
                        mattering == 0
                                ? "callweave: the topics are fine."
                                : "callweave: " + mattering + " of these differences matter.");
        return mattering == 0 ? Callweave.DONE : Callweave.FAILED;
    }

    private List<TopicCheck.Difference> differences(Settings settings) {
        TopicPlan plan = ClusterSettings.topics(settings);
        String hop = ClusterSettings.hopTopic(settings);
        List<String> names =
                new ArrayList<>(Arrays.stream(Topic.values()).map(plan::name).toList());
        names.add(hop);
        try (Cluster cluster = ClusterSettings.connect(settings)) {
            return new TopicCheck(plan, Optional.ofNullable(partitions), hop).differences(cluster.topics(names));
        }
    }
}
