package io.callweave.cli;

import io.callweave.operations.Cluster;
import io.callweave.settings.Settings;
import io.callweave.topology.Topic;
import io.callweave.topology.TopicPlan;
import io.callweave.topology.TopicState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code topics describe}: which topics there are, how they are kept, and what is in them. */
@Command(
        name = "describe",
        description = "Print each topic with its partitions, replicas, policy and meaning.",
        footer = {
            "",
            "Examples:",
            "  callweave topics describe --bootstrap-servers=kafka-1:9092 --topics-prefix=callweave."
        })
final class TopicsDescribeCommand implements Runnable {

    private static final String ABSENT = "-";

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        Settings settings = settingsOptions.load(System.getenv());
        TopicsCommand.quietenKafka();
        TopicPlan plan = ClusterSettings.topics(settings);
        Map<String, TopicState> states;
        try (Cluster cluster = ClusterSettings.connect(settings)) {
            states =
                    cluster.topics(Arrays.stream(Topic.values()).map(plan::name).toList());
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("topic", "partitions", "replicas", "policy", "meaning"));
        for (Topic topic : Topic.values()) {
            rows.add(row(plan.name(topic), states.get(plan.name(topic)), topic.meaning()));
        }
        Messages.dataTo(spec).table(rows);
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
