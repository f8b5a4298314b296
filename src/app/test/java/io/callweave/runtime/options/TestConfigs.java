package io.callweave.runtime.options;

import io.callweave.runtime.progress.ProgressLimits;
import io.callweave.topics.TopicPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Configurations that nothing is started with. */
public final class TestConfigs {

    private TestConfigs() {}

    /**
     * A configuration for tests.
     *
     * @param more options of Kafka Streams
     */
    public static StreamsAppConfig of(TopicPlan plan, Map<String, Object> more) {
        Map<String, Object> client = Map.of("bootstrap.servers", "kafka:9092");
        Map<String, Object> streams = new HashMap<>(client);
        streams.put("application.id", "app");
        streams.putAll(more);
        return new StreamsAppConfig(
                "app",
                client,
                streams,
                plan,
                Duration.ofHours(28),
                64 << 20,
                "127.0.0.1",
                0,
                Duration.ofSeconds(1),
                ProgressLimits.DEFAULT,
                (inputs, partitions, readAhead, metrics) -> {
                    throw new IllegalStateException("Nothing is started here.");
                });
    }
}
