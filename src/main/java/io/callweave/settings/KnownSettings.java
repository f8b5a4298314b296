package io.callweave.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Every setting there is. To add one, declare it here: its flag, its environment variable, its checks, its line in
 * {@code callweave config} and in the documentation follow from the declaration.
 */
public final class KnownSettings {

    /** Stands above the declarations, which enter themselves. */
    private static final List<Setting<?>> DECLARED = new ArrayList<>();

    private static final String LONGEST = "366d";
    private static final String NAME_PART = "[A-Za-z0-9._-]";

    public static final Setting<String> BOOTSTRAP_SERVERS = declare(
            "bootstrap.servers", Values.servers(), "The Kafka brokers to connect to first, with commas between them.");

    public static final Setting<String> APPLICATION_ID = declare(
            "application.id",
            Values.text(NAME_PART + "{1,100}", "1 to 100 letters, digits, dots, underscores or hyphens"),
            "callweave",
            "The identity of this installation in Kafka: consumer group, internal topics and transactions start with it.");

    public static final Setting<Path> STATE_DIR =
            declare("state.dir", Values.folders(), "callweave-state", "The folder that holds the local state.");

    public static final Setting<Long> STATE_ROCKSDB_MEMORY = declare(
            "state.rocksdb-memory",
            Values.sizes("16MiB", "512GiB"),
            "256MiB",
            "How much memory outside of Java's heap all local stores take together, for reading and writing.");

    public static final Setting<String> TOPICS_PREFIX = declare(
            "topics.prefix",
            Values.text(NAME_PART + "{0,100}", "at most 100 letters, digits, dots, underscores or hyphens"),
            "callweave.",
            "What the name of every topic starts with.");

    public static final Setting<Long> NOTIFICATIONS_MAX_BYTES = declare(
            "notifications.max-bytes",
            Values.sizes("1KiB", "64MiB"),
            "1MiB",
            "The largest notification that is accepted; a larger one is refused, or goes to the dead letters.");

    public static final Setting<Duration> NOTIFICATIONS_RETENTION = declare(
            "notifications.retention",
            Values.durations("1ms", LONGEST),
            "7d",
            "How long notifications are kept; at least completion.late-window and completion.max-idle together.");

    public static final Setting<TimestampType> NOTIFICATIONS_TIMESTAMP_TYPE = declare(
            "notifications.timestamp-type",
            Values.oneOf(TimestampType.class),
            "log-append-time",
            "Whose time counts as the receipt of a notification: the broker's, or for replays the recorded one.");

    public static final Setting<Duration> ORDERING_GAP_GRACE = declare(
            "ordering.gap-grace",
            Values.durations("0s", LONGEST),
            "2s",
            "How long a missing sequence holds up the party events after it.");

    public static final Setting<Duration> COMPLETION_LINGER = declare(
            "completion.linger",
            Values.durations("1ms", LONGEST),
            "5s",
            "How long a call waits after its latest notification if all parties are over but something is still open.");

    public static final Setting<Duration> COMPLETION_PEER_WAIT = declare(
            "completion.peer-wait",
            Values.durations("1ms", LONGEST),
            "30s",
            "How long a call waits for a session that one of its parties names and that was not seen.");

    public static final Setting<Duration> COMPLETION_OPEN_PARTY_WAIT = declare(
            "completion.open-party-wait",
            Values.durations("1ms", LONGEST),
            "60s",
            "How long a call waits for the end of outside parties once every party with an own extension is over.");

    public static final Setting<Duration> COMPLETION_MAX_IDLE = declare(
            "completion.max-idle",
            Values.durations("1ms", LONGEST),
            "4h",
            "How long a call waits, without a notification, for a party with an own extension that is not over.");

    public static final Setting<Duration> COMPLETION_LATE_WINDOW = declare(
            "completion.late-window",
            Values.durations("1ms", LONGEST),
            "24h",
            "How long after its last change a call that was given out is still revised.");

    public static final Setting<SequenceGaps> COMPLETION_SEQUENCE_GAPS = declare(
            "completion.sequence-gaps",
            Values.oneOf(SequenceGaps.class),
            "count",
            "Whether missing sequences make a call incomplete; ignore: for filtered or extension-level subscriptions.");

    public static final Setting<Path> BRIDGE_SPOOL_DIR = declare(
            "bridge.spool.dir",
            Values.folders(),
            "callweave-spool",
            "The folder on disk for notifications that Kafka has not taken yet; one bridge alone uses it.");

    public static final Setting<Long> BRIDGE_SPOOL_MAX_BYTES = declare(
            "bridge.spool.max-bytes",
            Values.sizes("1MiB", "512GiB"),
            "1GiB",
            "How much notifications may take there; beyond that the bridge answers 503.");

    public static final Setting<Duration> BRIDGE_KAFKA_TIMEOUT = declare(
            "bridge.kafka-timeout",
            Values.durations("50ms", "2s"),
            "1s",
            "How long the bridge waits for Kafka before a notification goes to disk; RingCentral waits for 3 s in all.");

    public static final Setting<String> HTTP_HOST = declare(
            "http.host",
            Values.text("[A-Za-z0-9.:_%-]{1,253}", "a host name or an IP address"),
            "127.0.0.1",
            "The address that health and metrics are served at; 0.0.0.0 is every one, as containers need it.");

    public static final Setting<Integer> HTTP_PORT = declare(
            "http.port",
            Values.counts(0, 65_535),
            "8080",
            "The port that health and metrics are served at; 0 takes a free one and says which.");

    public static final Setting<Integer> LIMITS_SESSION_EVENTS = declare(
            "limits.session-events",
            Values.counts(10, 100_000),
            "2000",
            "How many party events are kept of one session; a record of which some were left out is capped.");

    public static final Setting<Integer> LIMITS_CALL_SESSIONS = declare(
            "limits.call-sessions",
            Values.counts(2, 10_000),
            "100",
            "How many sessions are joined into one call; a record of which some were left out is capped.");

    public static final Setting<Integer> LIMITS_CALL_EVENTS = declare(
            "limits.call-events",
            Values.counts(10, 100_000),
            "5000",
            "How many party events are kept of one call of several sessions.");

    private KnownSettings() {}

    /** In the order of declaration, which is the one of the documentation. */
    public static List<Setting<?>> all() {
        return Collections.unmodifiableList(DECLARED);
    }

    private static <T> Setting<T> declare(String name, Values<T> values, String byDefault, String doc) {
        return declare(new Setting<>(name, values, Optional.of(byDefault), doc));
    }

    private static <T> Setting<T> declare(String name, Values<T> values, String doc) {
        return declare(new Setting<>(name, values, Optional.empty(), doc));
    }

    private static <T> Setting<T> declare(Setting<T> setting) {
        DECLARED.add(setting);
        return setting;
    }
}
