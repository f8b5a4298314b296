package io.callweave.local;

import io.callweave.topics.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The Kafka settings of the embedded broker: one node, started often, with little data of any age and possibly very
 * large records.
 */
final class BrokerSettings {

    static final String CLIENT_LISTENER = "PLAINTEXT";
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    static final int NODE_ID = 1;

    private static final int SEGMENT_BYTES = 1 << 30;

    /**
     * Longer than a stop of the whole process, such as by the garbage collector. Without it, the controller takes the
     * broker in its own process for dead, and all transactions that go on are aborted.
     */
    private static final String SESSION_TIMEOUT_MS = "30000";

    /**
     * After a crash the controller still believes the old broker alive and lets the new one in only when this is over.
     */
    private static final String SESSION_TIMEOUT_AFTER_CRASH_MS = "3000";

    private BrokerSettings() {}

    /**
     * All settings.
     *
     * @param afterCrash whether the node before had no time to say that it stops
     * @param overrides win
     */
    static Map<String, String> of(
            Path directory, int port, int controllerPort, boolean afterCrash, Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>();
        addNode(settings, directory, port, controllerPort);
        addSingleReplica(settings);
        addLimits(settings);
        addQuickStart(settings);
        settings.put("broker.session.timeout.ms", afterCrash ? SESSION_TIMEOUT_AFTER_CRASH_MS : SESSION_TIMEOUT_MS);
        settings.putAll(overrides);
        return settings;
    }

    private static void addNode(Map<String, String> settings, Path directory, int port, int controllerPort) {
        String client = CLIENT_LISTENER + "://127.0.0.1:" + port;
        String controller = CONTROLLER_LISTENER + "://127.0.0.1:" + controllerPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("listeners", client + "," + controller);
        settings.put("advertised.listeners", client);
        settings.put(
                "listener.security.protocol.map", CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("log.dirs", directory.toString());
        settings.put("auto.create.topics.enable", "false");
    }

    private static void addSingleReplica(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
    }

    /** Files can hold notifications of any age and lines of any length. */
    private static void addLimits(Map<String, String> settings) {
        settings.put("log.retention.ms", "-1");
        settings.put("log.retention.bytes", "-1");
        settings.put("log.message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("log.message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
        settings.put("message.max.bytes", Integer.toString(Topics.LARGEST_RECORD_BYTES));
        settings.put("replica.fetch.max.bytes", Integer.toString(Topics.LARGEST_RECORD_BYTES));
        settings.put("socket.request.max.bytes", Integer.toString(SEGMENT_BYTES));
        settings.put("log.segment.bytes", Integer.toString(SEGMENT_BYTES));
    }

    private static void addQuickStart(Map<String, String> settings) {
        // A group that has just one member need not wait for others.
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("group.streams.initial.rebalance.delay.ms", "0");
        // Until the broker ends what a killed process had begun, nobody reads behind it. Brokers look every 10 s by
        // default.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        // Two index files per segment take this much at once (sparse); 256 KiB are enough for 128 MiB of records.
        settings.put("log.index.size.max.bytes", "262144");
        settings.put("log.cleaner.dedupe.buffer.size", "4194304");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("num.recovery.threads.per.data.dir", "2");
        settings.put("background.threads", "2");
        settings.put("group.coordinator.threads", "1");
        settings.put("share.coordinator.threads", "1");
        // The controller otherwise writes (and syncs) an empty record twice a second for as long as it runs.
        settings.put("metadata.max.idle.interval.ms", "0");
        settings.put("broker.heartbeat.interval.ms", "500");
    }
}
