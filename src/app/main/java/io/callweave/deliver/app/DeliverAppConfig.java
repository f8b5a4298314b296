package io.callweave.deliver.app;

import io.callweave.deliver.api.ApiConfig;
import io.callweave.deliver.post.PostLimits;
import io.callweave.deliver.queue.DeliverRules;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.permissions.Permissions;
import io.callweave.runtime.options.StreamThreads;
import io.callweave.settings.value.Network;
import io.callweave.topics.TopicPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a deliverer runs with.
 *
 * @param installation the {@code application.id} of the installation
 * @param client options of Kafka clients, with {@code bootstrap.servers}
 * @param streams options of Kafka Streams, with those of the clients and {@code state.dir}
 * @param rocksDbMemory that all stores take together, in bytes
 * @param allowed private networks that may be posted to
 * @param httpPort of health and metrics; 0 takes a free one
 * @param api the HTTP API for subscriptions, if there is one
 * @param patience how long to wait for a broker at the start
 */
public record DeliverAppConfig(
        String installation,
        Map<String, Object> client,
        Map<String, Object> streams,
        TopicPlan topics,
        long rocksDbMemory,
        DeliverRules rules,
        PostLimits limits,
        List<Network> allowed,
        SecretSource secrets,
        String httpHost,
        int httpPort,
        Optional<ApiConfig> api,
        Duration patience) {

    /**
     * Copies the options, and checks them.
     *
     * @throws io.callweave.settings.SettingsException if an option is set that the deliverer owns, or if no thread would
     *     process anything
     */
    public DeliverAppConfig {
        client = Map.copyOf(client);
        streams = Map.copyOf(streams);
        allowed = List.copyOf(allowed);
        DeliverOptions.refuse(streams);
        StreamThreads.check(streams);
    }

    /** The same with other networks. */
    public DeliverAppConfig withAllowed(List<Network> others) {
        return with(others, api);
    }

    /** The same with an HTTP API, or without one. */
    public DeliverAppConfig withApi(Optional<ApiConfig> other) {
        return with(allowed, other);
    }

    private DeliverAppConfig with(List<Network> networks, Optional<ApiConfig> served) {
        return new DeliverAppConfig(
                installation,
                client,
                streams,
                topics,
                rocksDbMemory,
                rules,
                limits,
                networks,
                secrets,
                httpHost,
                httpPort,
                served,
                patience);
    }

    /** Of the consumer group and the internal topics. */
    String applicationId() {
        return Permissions.deliverApplication(installation);
    }

    /** Shows no secrets. */
    @Override
    public String toString() {
        return "DeliverAppConfig[" + installation + "]";
    }
}
