package io.callweave.deliver.app;

import io.callweave.deliver.RetrySchedule;
import io.callweave.deliver.api.ApiConfig;
import io.callweave.deliver.post.PostLimits;
import io.callweave.deliver.queue.DeliverRules;
import io.callweave.deliver.receipt.ChangelogListener;
import io.callweave.deliver.receipt.ChangelogReceipts;
import io.callweave.deliver.receipt.CommitListener;
import io.callweave.deliver.receipt.CommittedOffsets;
import io.callweave.deliver.receipt.DeadLetterListener;
import io.callweave.deliver.receipt.DeadLetterReceipts;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.permissions.Permissions;
import io.callweave.runtime.options.OwnedOptions;
import io.callweave.runtime.options.RocksDbMemory;
import io.callweave.runtime.options.RoleOptions;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import io.callweave.settings.value.Network;
import io.callweave.settings.value.ValueEnvelope;
import io.callweave.topics.PolledRecords;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.StreamsOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What a deliverer runs with.
 *
 * @param allowed private networks that may be posted to
 * @param api the HTTP API for subscriptions, if there is one
 */
public record DeliverOptions(
        RoleOptions role,
        DeliverRules rules,
        PostLimits limits,
        List<Network> allowed,
        SecretSource secrets,
        Optional<ApiConfig> api) {

    /** Enough that a lane finds the next delivery while a task works on something else. */
    private static final int WINDOW_FACTOR = 4;

    /** A delivery is posted after the commit of the record that made it, so this is part of each latency. */
    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    /** An idle thread looks for ended posts and for what is due between polls. */
    private static final Duration IDLE_POLL = Duration.ofMillis(20);

    /** What was fetched of a partition is polled to its end before what others have sent to another one. */
    private static final int MOST_FETCHED = 16 << 10;

    /** Of each partition, beside what is polled once: all wait while it is not known what is older in another topic. */
    private static final int MOST_BUFFERED = 1;

    /** So many partitions can have what is polled once. */
    private static final int SPREAD = 4;

    private static final Duration OLDEST_STATE = Duration.ofHours(20);

    /** The order of posts and their survival depend on these. */
    private static final Map<String, String> OWNED = Stream.of(
                    StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                    ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG,
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG,
                    StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                    StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG)
            .collect(Collectors.toUnmodifiableMap(option -> option, option -> "no webhook may be lost or overtaken"));

    /**
     * Checks the options of Kafka Streams.
     *
     * @throws SettingsException if one is set that the deliverer owns, or if no thread would process anything
     */
    public DeliverOptions {
        allowed = List.copyOf(allowed);
        OwnedOptions.refuse(role.streams(), OWNED, " for deliver");
        role.checkThreads();
    }

    /**
     * Reads the settings.
     *
     * @param environment may hold secrets of subscriptions
     * @throws SettingsException if something cannot be used
     */
    public static DeliverOptions of(Settings settings, Map<String, String> environment, Optional<ApiConfig> api) {
        RoleOptions role = RoleOptions.of(settings);
        if (settings.get(KnownSettings.TOPICS_ENVELOPE) != ValueEnvelope.NONE) {
            throw new SettingsException("topics.envelope must be none for deliver: it reads whole call records.");
        }
        TopicPlan.need(settings, Topic.LIVE_CALLS, "deliver: subscriptions to live calls read it");
        TopicPlan.need(settings, Topic.PARTY_EVENTS, "deliver: subscriptions to party events read it");
        int concurrency = settings.get(KnownSettings.DELIVER_CONCURRENCY);
        return new DeliverOptions(
                role,
                new DeliverRules(
                        new RetrySchedule(
                                settings.get(KnownSettings.DELIVER_RETRY_DELAYS),
                                settings.get(KnownSettings.DELIVER_KEEP)),
                        settings.get(KnownSettings.DELIVER_SUSPEND_AFTER),
                        WINDOW_FACTOR * concurrency,
                        settings.get(KnownSettings.PRIVACY_EXCLUDE)),
                new PostLimits(
                        concurrency,
                        settings.get(KnownSettings.DELIVER_TIMEOUT),
                        settings.get(KnownSettings.DELIVER_CONNECT_TIMEOUT)),
                settings.get(KnownSettings.DELIVER_ALLOWED_NETWORKS),
                new SecretSource(
                        SecretKeys.of(settings), environment, settings.find(KnownSettings.DELIVER_SECRETS_DIR)),
                api);
    }

    /** Of the consumer group and the internal topics. */
    String applicationId() {
        return Permissions.deliverApplication(role.installation());
    }

    /**
     * All options of Kafka Streams.
     *
     * @param server where other instances find the status of this one, as host and port
     */
    Properties kafkaStreams(
            RocksDbMemory memory,
            CommittedOffsets committed,
            DeadLetterReceipts deadLetters,
            ChangelogReceipts changelog,
            String server) {
        Map<String, Object> options = role.kafkaStreams(memory);
        options.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis());
        options.putIfAbsent(StreamsConfig.POLL_MS_CONFIG, IDLE_POLL.toMillis());
        options.putIfAbsent(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, MOST_BUFFERED);
        Map.of(
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        MOST_FETCHED,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        Math.max(1, PolledRecords.ofEach(Math.max(1, StreamsOptions.threads(role.streams()))) / SPREAD))
                .forEach((name, most) -> {
                    if (!role.streams().containsKey(StreamsConfig.consumerPrefix(name))) {
                        StreamsOptions.unlessGiven(options, StreamsConfig.MAIN_CONSUMER_PREFIX, name, most);
                    }
                });
        options.putIfAbsent(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        options.putIfAbsent(
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                4L * role.topics().largestRecordBytes());
        options.putIfAbsent(StreamsConfig.APPLICATION_SERVER_CONFIG, server);
        // Kafka drops deletions from a changelog after a day: what they deleted would be there again.
        options.putIfAbsent(StreamsConfig.STATE_CLEANUP_DIR_MAX_AGE_MS_CONFIG, OLDEST_STATE.toMillis());
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId());
        options.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        // A store that is ahead of its changelog would lack a record that waited, and its webhooks too.
        options.put(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG, true);
        options.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                IsolationLevel.READ_COMMITTED.toString());
        options.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        options.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                CommitListener.class.getName());
        options.put(StreamsConfig.mainConsumerPrefix(CommitListener.OPTION), committed);
        options.put(
                StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG),
                DeadLetterListener.class.getName() + "," + ChangelogListener.class.getName());
        options.put(StreamsConfig.producerPrefix(DeadLetterListener.OPTION), deadLetters);
        options.put(StreamsConfig.producerPrefix(ChangelogListener.OPTION), changelog);
        Properties properties = new Properties();
        properties.putAll(options);
        return properties;
    }
}
