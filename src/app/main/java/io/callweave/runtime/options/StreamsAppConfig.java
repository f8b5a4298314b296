package io.callweave.runtime.options;

import io.callweave.checks.Check;
import io.callweave.runtime.progress.ProgressLimits;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyOptions;
import io.callweave.topology.time.SourceProgress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a {@code StreamsRole} runs with.
 *
 * @param applicationId of the consumer group and the internal topics
 * @param client options of Kafka clients, with {@code bootstrap.servers}
 * @param streams options of Kafka Streams: those of the clients, {@code application.id}, {@code state.dir} and others
 * @param topics how the topics should be
 * @param rocksDbMemory that all stores take together, in bytes
 * @param httpHost the address to serve health and metrics at
 * @param httpPort 0 takes a free one
 * @param patience how long to wait for a broker at the start
 * @param progress when work counts as standing still
 * @param readAhead what the topology sees of what the consumers have read; tests can slow it down
 */
public record StreamsAppConfig(
        String applicationId,
        Map<String, Object> client,
        Map<String, Object> streams,
        TopicPlan topics,
        TopologyOptions topology,
        long rocksDbMemory,
        String httpHost,
        int httpPort,
        Duration patience,
        ProgressLimits progress,
        UnaryOperator<SourceProgress> readAhead) {

    /**
     * Copies the options, and checks the rest.
     *
     * @throws io.callweave.settings.SettingsException if an option is set that the topology owns, or that the group protocol does not
     *     have, if no thread would process anything, or if internal topics would refuse what has to go there
     */
    public StreamsAppConfig {
        client = Map.copyOf(client);
        streams = Map.copyOf(streams);
        Check.atLeast("state.rocksdb-memory", 1, rocksDbMemory);
        Check.port("http.port", httpPort);
        Check.notNegative("The patience at the start", patience);
        OwnedOptions.refuse(streams);
        ProtocolOptions.check(applicationId, streams);
        StreamThreads.check(streams);
        InternalTopicLimit.check(topics, streams);
    }

    /** Shows no secrets: options of clients hold some. */
    @Override
    public String toString() {
        return "StreamsAppConfig[" + applicationId + "]";
    }

    public String servers() {
        return String.valueOf(client.get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** Notifications must be kept for this long. */
    public Duration shortestRetention() {
        return topology.calls().lateWindow().plus(topology.calls().waits().maxIdle());
    }

    public String hopTopic() {
        return CallweaveTopology.hopTopic(applicationId);
    }

    /** The changelog that has party events. */
    public String callsChangelog() {
        return applicationId + "-" + StoreNames.CALLS + "-changelog";
    }

    /** Whether a topic is one that the topology reads or writes, internal ones included. */
    public boolean isOwnTopic(String name) {
        return name.startsWith(applicationId + "-")
                || Arrays.stream(Topic.values()).map(topics::name).anyMatch(name::equals);
    }

    /** A static member keeps its place in the group while it restarts, so it must not leave when it stops. */
    public boolean isStaticMember() {
        return streams.keySet().stream().anyMatch(option -> option.endsWith(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
    }
}
