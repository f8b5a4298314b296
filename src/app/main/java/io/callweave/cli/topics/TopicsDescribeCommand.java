package io.callweave.cli.topics;

import io.callweave.cli.common.DataLines;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code topics describe}: which topics there are, how they are kept, and what is in them. */
@Command(
        name = "describe",
        description = "Print each topic with its partitions, replicas, policy and meaning.",
        footer = {
            "",
            "Examples:",
            "  callweave topics describe --bootstrap-servers=kafka-1:9092 --topics-prefix=callweave."
        })
final class TopicsDescribeCommand extends ClusterCommand {

    private static final String ABSENT = "-";

    @Option(
            names = "--json",
            description = "Print JSON: an array of {topic, exists, partitions, replicas, policy, meaning}.")
    private boolean json;

    @Override
    protected int onCluster(Settings settings) {
        TopicPlan plan = TopicPlan.of(settings);
        Map<String, TopicState> states =
                states(settings, plan.topics().stream().map(plan::name).toList());
        if (json) {
            data().json(plan.topics().stream()
                    .map(topic -> element(plan.name(topic), states.get(plan.name(topic)), topic.meaning()))
                    .toList());
            return ExitStatus.DONE;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("topic", "partitions", "replicas", "policy", "meaning"));
        for (Topic topic : plan.topics()) {
            rows.add(row(plan.name(topic), states.get(plan.name(topic)), topic.meaning()));
        }
        data().table(rows);
        return ExitStatus.DONE;
    }

    private static Map<String, @Nullable Object> element(String name, @Nullable TopicState state, String meaning) {
        return DataLines.element(
                "topic",
                name,
                "exists",
                state != null,
                "partitions",
                state == null ? null : state.partitions(),
                "replicas",
                state == null ? null : state.replicas(),
                "policy",
                state == null ? null : state.policy(),
                "meaning",
                meaning);
    }

    private static List<String> row(String name, @Nullable TopicState state, String meaning) {
        return state == null
                ? List.of(name, ABSENT, ABSENT, "missing", meaning)
                : List.of(
                        name,
                        Integer.toString(state.partitions()),
                        Integer.toString(state.replicas()),
                        state.policy(),
                        meaning);
    }
}
