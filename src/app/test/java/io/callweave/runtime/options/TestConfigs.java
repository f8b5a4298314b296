package io.callweave.runtime.options;

import io.callweave.runtime.progress.ProgressLimits;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.TopologyOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Configurations that nothing is started with. */
public final class TestConfigs {

    private TestConfigs() {}

    /**
     * A configuration for tests.
     *
     * @param more options of Kafka Streams
     */
    public static StreamsRoleOptions of(TopicPlan plan, Map<String, Object> more) {
        Map<String, Object> client = Map.of("bootstrap.servers", "kafka:9092");
        Map<String, Object> streams = new HashMap<>(client);
        streams.put("application.id", "app");
        streams.putAll(more);
        return new StreamsRoleOptions(
                new RoleOptions(
                        "app", client, streams, plan, 64 << 20, new RoleOptions.Http("127.0.0.1", 0, List.of())),
                TopologyOptions.of(Settings.defaults()),
                ProgressLimits.DEFAULT,
                UnaryOperator.identity());
    }
}
