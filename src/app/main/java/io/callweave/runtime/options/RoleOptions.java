package io.callweave.runtime.options;

import io.callweave.checks.Check;
import io.callweave.permissions.Permissions;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.value.Network;
import io.callweave.topics.PolledRecords;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.StreamsOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say to each role.
 *
 * @param installation the {@code application.id} of the installation
 * @param client options of Kafka clients, with {@code bootstrap.servers}
 * @param streams options of Kafka Streams: those of the clients, {@code state.dir} and others
 * @param topics how the topics should be
 * @param rocksDbMemory that all stores take together, in bytes
 * @param http where health and metrics are served
 */
public record RoleOptions(
        String installation,
        Map<String, Object> client,
        Map<String, Object> streams,
        TopicPlan topics,
        long rocksDbMemory,
        Http http) {

    /**
     * Where health and metrics are served.
     *
     * @param port 0 takes a free one
     * @param allowed networks that may read more than health, which shows nothing of any account
     */
    public record Http(String host, int port, List<Network> allowed) {

        /** An address, or a name without a dot: no site can have one. */
        private static final Pattern NO_SITE = Pattern.compile("(?:[\\d.]+|[^.\\[\\]:]+|\\[[^\\]]+])(?::\\d+)?");

        public Http {
            Check.port("http.port", port);
            allowed = List.copyOf(allowed);
        }

        /**
         * Whether this client may read all pages. This machine always may, but for a page of another site in a browser that
         * got its own name to point here: that name is then the host.
         *
         * @param here the address at which the client reached this machine
         * @param host the header; null if there is none
         */
        public boolean mayReadAll(InetAddress client, InetAddress here, @Nullable String host) {
            return allowed.stream().anyMatch(network -> network.contains(client))
                    || ((client.isLoopbackAddress() || client.equals(here))
                            && (host == null || NO_SITE.matcher(host).matches()));
        }
    }

    /**
     * How soon a killed instance is replaced. Until then, the group waits for it and the others cannot commit; Kafka's default
     * of 45 s is longer than a transaction may take (10 s), so they would be fenced.
     */
    static final Duration SESSION_TIMEOUT = Duration.ofSeconds(10);

    public RoleOptions {
        client = Map.copyOf(client);
        streams = Map.copyOf(streams);
        Check.atLeast("state.rocksdb-memory", 1, rocksDbMemory);
    }

    /**
     * Reads the settings.
     *
     * @throws io.callweave.settings.SettingsException if it is not said where Kafka is, or if names cannot be told apart
     */
    public static RoleOptions of(Settings settings) {
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        Permissions.checkNames(settings);
        return new RoleOptions(
                settings.get(KnownSettings.APPLICATION_ID),
                settings.kafkaClientOptions(),
                settings.kafkaStreamsOptions(),
                TopicPlan.of(settings),
                settings.get(KnownSettings.STATE_ROCKSDB_MEMORY),
                new Http(
                        settings.get(KnownSettings.HTTP_HOST),
                        settings.get(KnownSettings.HTTP_PORT),
                        settings.get(KnownSettings.HTTP_ALLOWED_NETWORKS)));
    }

    /** Options of Kafka Streams for each role; those of the users win. */
    public Map<String, Object> kafkaStreams(RocksDbMemory memory) {
        Map<String, Object> options = new HashMap<>(StreamsOptions.everywhere());
        options.putAll(streams);
        // A producer that refuses what a topic would take stops its partition permanently.
        StreamsOptions.unlessGiven(
                options,
                StreamsConfig.PRODUCER_PREFIX,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                topics.largestRecordBytes());
        StreamsOptions.unlessGiven(
                options,
                StreamsConfig.CONSUMER_PREFIX,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                PolledRecords.ofEach(Math.max(1, StreamsOptions.threads(streams))));
        // So does a changelog that refuses what the store holds: the brokers' default is 1 MiB.
        StreamsOptions.unlessGiven(
                options,
                StreamsConfig.TOPIC_PREFIX,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                topics.internalRecordBytes());
        // Who sets the heartbeat alone has Kafka's session timeout in mind, which must be longer.
        if (!ProtocolOptions.isStreams(streams)
                && streams.keySet().stream()
                        .noneMatch(option -> option.endsWith(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG)
                                || option.endsWith(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG))) {
            options.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(SESSION_TIMEOUT.toMillis()));
        }
        options.putAll(memory.options());
        return options;
    }

    /**
     * Looks whether something would be processed: Kafka Streams runs without a thread, too.
     *
     * @throws io.callweave.settings.SettingsException if there would be no thread, or if their number is none
     */
    public void checkThreads() {
        WholeNumberOption.checkAtLeast(1, StreamsConfig.NUM_STREAM_THREADS_CONFIG, streams, "");
    }

    public String servers() {
        return String.valueOf(client.get(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG));
    }

    public Path stateDir() {
        return Path.of(String.valueOf(streams.get(StreamsConfig.STATE_DIR_CONFIG)));
    }

    /** Shows no secrets: options of clients hold some. */
    @Override
    public String toString() {
        return "RoleOptions[" + installation + "]";
    }
}
