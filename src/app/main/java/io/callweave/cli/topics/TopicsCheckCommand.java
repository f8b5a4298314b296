package io.callweave.cli.topics;

import io.callweave.cli.common.DataLines;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.TopicOptions;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicCheck;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.CallweaveTopology;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code topics check}: whether the topics are as they should be. */
@Command(
        name = "check",
        description = {
            "Compare the topics with how they should be, and print a sentence for each difference.",
            "The exit status is 1 if a difference matters."
        },
        footer = {"", "Examples:", "  callweave topics check --bootstrap-servers=kafka-1:9092"})
final class TopicsCheckCommand extends ClusterCommand {

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = {
                "How many partitions each topic should have (default: as they are).",
                "The internal repartition topic may have fewer than notifications only by session; this is always checked."
            })
    private @Nullable Integer partitions;

    @Option(names = "--json", description = "Print JSON: an array of {matters, sentence}.")
    private boolean json;

    @Override
    protected int onCluster(Settings settings) {
        if (partitions != null) {
            TopicOptions.checkPartitions(spec(), partitions);
        }
        List<TopicCheck.Difference> differences = differences(settings);
        if (json) {
            data().json(differences.stream()
                    .map(each -> DataLines.element("matters", each.matters(), "sentence", each.sentence()))
                    .toList());
        } else {
            Messages.sentences(
                    spec(),
                    differences.stream().map(TopicCheck.Difference::sentence).toList());
        }
        long mattering =
                differences.stream().filter(TopicCheck.Difference::matters).count();
        say(mattering == 0 ? "the topics are fine." : mattering + " of these differences matter.");
        return mattering == 0 ? ExitStatus.DONE : ExitStatus.FAILED;
    }

    private List<TopicCheck.Difference> differences(Settings settings) {
        TopicPlan plan = TopicPlan.of(settings);
        String hop = CallweaveTopology.hopTopic(settings.get(KnownSettings.APPLICATION_ID));
        List<String> names =
                new ArrayList<>(plan.topics().stream().map(plan::name).toList());
        names.add(hop);
        return new TopicCheck(
                        plan, Optional.ofNullable(partitions), hop, settings.get(KnownSettings.BRIDGE_PARTITION_BY))
                .differences(states(settings, names));
    }
}
