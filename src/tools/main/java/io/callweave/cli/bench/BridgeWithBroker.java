package io.callweave.cli.bench;

import io.callweave.bench.throughput.BenchTopics;
import io.callweave.cli.role.BridgeRole;
import io.callweave.files.LocalException;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.CloseStack;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;

/** The bridge as it runs, for one account, and a broker beside it, in this process. */
final class BridgeWithBroker implements AutoCloseable {

    private static final String PREFIX = "bench.";
    private static final int PARTITIONS = 12;

    static final String ACCOUNT = "1";

    /** The verification token of its account. */
    static final String TOKEN = "bench-token";

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final CloseStack opened = new CloseStack();
    private final EmbeddedKafka broker;
    private final Admin admin;
    private final BridgeRole bridge;

    /** @param directory of all that broker and bridge write */
    BridgeWithBroker(Path directory) {
        try {
            broker = opened.keep(EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka"))));
            String servers = broker.bootstrapServers();
            admin = opened.keep(Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers)));
            Topics.create(admin, PREFIX, PARTITIONS, (short) 1, Topics.Variant.STANDARD);
            bridge = opened.keep(BridgeRole.start(settings(servers, directory)));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    URI url() {
        return URI.create(bridge.webhooks() + "/webhooks/" + ACCOUNT);
    }

    /**
     * Checks what the figures rely on: that what was accepted is in Kafka. What the bridge put on disk in a slow moment follows
     * within seconds.
     *
     * @throws LocalException if less is there
     */
    void checkKept(long accepted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long kept = kept();
        while (kept < accepted && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            kept = kept();
        }
        if (kept < accepted) {
            throw new LocalException("The bridge accepted " + accepted + " notifications, but only " + kept
                    + " are in Kafka, so the figures mean nothing.");
        }
    }

    private long kept() {
        String topic = Topic.NOTIFICATIONS.name(PREFIX);
        return BenchTopics.ends(admin, topic, IsolationLevel.READ_UNCOMMITTED).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    void stopBroker() {
        admin.close();
        broker.close();
    }

    @Override
    public void close() {
        opened.close();
    }

    private Settings settings(String servers, Path directory) {
        return Settings.load(
                Map.ofEntries(
                        Map.entry(KnownSettings.BOOTSTRAP_SERVERS.name(), servers),
                        Map.entry(KnownSettings.TOPICS_PREFIX.name(), PREFIX),
                        Map.entry(
                                KnownSettings.STATE_DIR.name(),
                                directory.resolve("state").toString()),
                        Map.entry(
                                KnownSettings.BRIDGE_SPOOL_DIR.name(),
                                directory.resolve("spool").toString()),
                        Map.entry(KnownSettings.BRIDGE_SPOOL_MAX_BYTES.name(), "4GiB"),
                        Map.entry(KnownSettings.BRIDGE_ACCOUNTS.name(), ACCOUNT),
                        Map.entry(KnownSettings.BRIDGE_ACCOUNT_TOKENS.name(), ACCOUNT + "=" + TOKEN),
                        Map.entry(KnownSettings.BRIDGE_ACCOUNT_RATE.name(), "1000000"),
                        Map.entry(KnownSettings.BRIDGE_PORT.name(), "0"),
                        Map.entry(KnownSettings.HTTP_PORT.name(), "0")),
                Map.of(),
                Optional.empty());
    }
}
