package io.callweave.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    public static final Setting<Envelope> TOPICS_ENVELOPE = declare(
            "topics.envelope",
            Values.oneOf(Envelope.class),
            "none",
            "Whether calls, party-metrics and window-metrics are wrapped for Kafka Connect: schema and flat payload.");

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

    public static final Setting<String> BRIDGE_HOST = declare(
            "bridge.host",
            Values.text("[A-Za-z0-9.:_%-]{1,253}", "a host name or an IP address"),
            "127.0.0.1",
            "The address that webhooks are taken at; 0.0.0.0 is every one, as containers need it.");

    public static final Setting<Integer> BRIDGE_PORT = declare(
            "bridge.port",
            Values.counts(0, 65_535),
            "8081",
            "The port that webhooks are taken at; 0 takes a free one and says which.");

    public static final Setting<Path> BRIDGE_ACCOUNTS_FILE = declare(
            "bridge.accounts-file",
            Values.files(),
            "The file with the accounts whose webhooks are taken; it is read again when it changes.");

    public static final Setting<String> BRIDGE_ACCOUNTS = declare(
            "bridge.accounts",
            Values.text("[A-Za-z0-9._~/=, -]*", "account ids, each with =/path or without, with commas between them"),
            "",
            "Accounts whose webhooks are taken besides those of the file; the path is else /webhooks/ and the id.");

    public static final Setting<String> BRIDGE_ACCOUNT_TOKENS = declare(
            "bridge.account-tokens",
            Values.text("\\P{Cntrl}*", "id=token, with commas between accounts and spaces between the tokens of one"),
            "",
            "The verification tokens of the accounts in bridge.accounts.");

    public static final Setting<Integer> BRIDGE_ACCOUNT_RATE = declare(
            "bridge.account-rate",
            Values.counts(1, 1_000_000),
            "10000",
            "How many webhooks a second are taken of an account that does not say; more are answered 429.");

    public static final Setting<PersonalData> BRIDGE_PRIVACY = declare(
            "bridge.privacy",
            Values.oneOf(PersonalData.class),
            "none",
            "What happens to phone numbers and names of an account that does not say, before they leave the bridge.");

    public static final Setting<String> BRIDGE_PRIVACY_KEY = declare(
            "bridge.privacy-key",
            Values.text("\\P{Cntrl}{16,1000}", "at least 16 characters"),
            "The key of the hashes; give it in the environment, and keep it: another key makes other hashes.");

    public static final Setting<Duration> BRIDGE_ANSWER_TIMEOUT = declare(
            "bridge.answer-timeout",
            Values.durations("100ms", "2900ms"),
            "2500ms",
            "When a webhook that is not safe by then is answered 503; RingCentral waits for 3 s.");

    public static final Setting<Duration> BRIDGE_REQUEST_TIMEOUT = declare(
            "bridge.request-timeout",
            Values.durations("100ms", "10m"),
            "10s",
            "How long a new connection may take to send the head of a request.");

    public static final Setting<Duration> BRIDGE_IDLE_TIMEOUT = declare(
            "bridge.idle-timeout",
            Values.durations("1s", "1h"),
            "60s",
            "How long a connection is kept that sends no further request.");

    public static final Setting<Integer> BRIDGE_MAX_CONNECTIONS = declare(
            "bridge.max-connections",
            Values.counts(1, 100_000),
            "1000",
            "How many connections are served at once; more wait to be accepted.");

    public static final Setting<Long> BRIDGE_MAX_HEADER_BYTES = declare(
            "bridge.max-header-bytes",
            Values.sizes("1KiB", "1MiB"),
            "8KiB",
            "The largest line and headers of a request.");

    public static final Setting<Long> BRIDGE_IN_FLIGHT_BYTES = declare(
            "bridge.in-flight-bytes",
            Values.sizes("1MiB", "64GiB"),
            "64MiB",
            "How much memory the bodies of all requests take together; beyond that they are answered 503.");

    public static final Setting<Path> BRIDGE_TLS_CERTIFICATE = declare(
            "bridge.tls-certificate",
            Values.files(),
            "The certificate for TLS: its chain in PEM, or PKCS #12 with the key; read again when it changes.");

    public static final Setting<Path> BRIDGE_TLS_KEY_FILE = declare(
            "bridge.tls-key-file", Values.files(), "The key of a certificate in PEM, in PKCS #8, not encrypted.");

    public static final Setting<String> BRIDGE_TLS_PASSWORD = declare(
            "bridge.tls-password", Values.text("\\P{Cntrl}*", "the password"), "", "The password of a PKCS #12 file.");

    public static final Setting<Duration> BRIDGE_SILENCE_AFTER = declare(
            "bridge.silence-after",
            Values.durations("1m", "7d"),
            "15m",
            "How long an account must have been silent at least for an alarm.");

    public static final Setting<Integer> BRIDGE_SILENCE_MISSING = declare(
            "bridge.silence-missing",
            Values.counts(0, 1_000_000),
            "50",
            "How many notifications would usually have come in that time, for an alarm; 0: no alarms.");

    public static final Setting<Set<String>> METRICS_ACCOUNT_WINDOWS =
            windows("account", "Which windows of the whole account are kept.");

    public static final Setting<Set<String>> METRICS_EXTENSION_WINDOWS =
            windows("extension", "Which windows of each extension are kept.");

    public static final Setting<Set<String>> METRICS_QUEUE_WINDOWS =
            windows("queue", "Which windows of each call queue are kept.");

    public static final Setting<Set<String>> METRICS_NUMBER_WINDOWS =
            windows("number", "Which windows of each outside number are kept.");

    public static final Setting<Set<String>> METRICS_DEPARTMENT_WINDOWS =
            windows("department", "Which windows of each department of the directory are kept.");

    public static final Setting<ZoneId> METRICS_TIME_ZONE = declare(
            "metrics.time-zone",
            Values.zones(),
            "UTC",
            "Whose days the windows of a day are; the shorter ones are those of UTC.");

    public static final Setting<Map<String, ZoneId>> METRICS_TIME_ZONES = declare(
            "metrics.time-zones", Values.zonesByAccount(), "", "Accounts whose days are those of another time zone.");

    public static final Setting<Duration> METRICS_SERVICE_LEVEL = declare(
            "metrics.service-level",
            Values.durations("1ms", LONGEST),
            "20s",
            "Within which time a call has to be answered to count into the service level.");

    public static final Setting<Duration> METRICS_EMIT_INTERVAL = declare(
            "metrics.emit-interval", Values.durations("0s", LONGEST), "1s", "How often a window is given out at most.");

    public static final Setting<Duration> METRICS_RETENTION = declare(
            "metrics.retention",
            Values.durations("1ms", LONGEST),
            "7d",
            "How long after its last change a day of windows is kept; at least completion.late-window and completion.max-idle.");

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

    private static Setting<Set<String>> windows(String scope, String doc) {
        return declare(
                "metrics." + scope + "-windows",
                Values.someOf("PT1M", "PT15M", "PT1H", "P1D"),
                "PT1M,PT15M,PT1H,P1D",
                doc);
    }

    private static <T> Setting<T> declare(Setting<T> setting) {
        DECLARED.add(setting);
        return setting;
    }
}
