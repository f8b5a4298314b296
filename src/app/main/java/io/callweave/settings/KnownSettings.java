package io.callweave.settings;

import io.callweave.call.fact.FactKind;
import io.callweave.record.ExcludedCalls;
import io.callweave.settings.value.AllowedValues;
import io.callweave.settings.value.ConnectionWay;
import io.callweave.settings.value.Network;
import io.callweave.settings.value.OutputSwitch;
import io.callweave.settings.value.PartitionBy;
import io.callweave.settings.value.PersonalDataMode;
import io.callweave.settings.value.SequenceGaps;
import io.callweave.settings.value.TimestampType;
import io.callweave.settings.value.ValueEnvelope;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Every setting. To add one, declare it here. Its flag, its environment variable, its checks, and its line in
 * {@code callweave config} and in the documentation follow from the declaration.
 */
public final class KnownSettings {

    /** Before the declarations, because each adds itself. */
    private static final List<Setting<?>> DECLARED = new ArrayList<>();

    private static final String LONGEST = "366d";
    private static final String TEN_YEARS = "3660d";
    private static final String NAME_PART = "[A-Za-z0-9._-]";

    public static final Setting<String> BOOTSTRAP_SERVERS =
            declare("bootstrap.servers", AllowedValues.servers(), "Kafka brokers for the first connection.");

    public static final Setting<String> APPLICATION_ID = declare(
            "application.id",
            AllowedValues.text(NAME_PART + "{1,100}", "1 to 100 letters, digits, dots, underscores or hyphens"),
            "callweave",
            "Identity of this installation: prefix of consumer group, internal topics and transactions.");

    public static final Setting<Path> STATE_DIR = declareFolder("state.dir", "state", "Folder of the local state.");

    public static final Setting<Long> STATE_ROCKSDB_MEMORY = declare(
            "state.rocksdb-memory",
            AllowedValues.sizes("16MiB", "512GiB"),
            "256MiB",
            "Memory of all local stores, outside of Java's heap.");

    public static final Setting<String> TOPICS_PREFIX = declare(
            "topics.prefix",
            AllowedValues.text(NAME_PART + "{0,100}", "at most 100 letters, digits, dots, underscores or hyphens"),
            "callweave.",
            "Prefix of all topic names.");

    public static final Setting<ValueEnvelope> TOPICS_ENVELOPE = declare(
            "topics.envelope",
            AllowedValues.oneOf(ValueEnvelope.class),
            "none",
            "connect: with a schema and a flat payload for Kafka Connect.");

    public static final Setting<OutputSwitch> TOPICS_PARTY_EVENTS = output("party-events");

    public static final Setting<OutputSwitch> TOPICS_LIVE_CALLS = output("live-calls");

    public static final Setting<OutputSwitch> TOPICS_PARTY_METRICS = output("party-metrics");

    public static final Setting<Duration> PARTY_EVENTS_RETENTION =
            retention("party-events", "7d", "Retention of party events.");

    public static final Setting<Duration> CALLS_RETENTION = retention(
            "calls", "90d", "Retention of call records after their last revision; at least completion.late-window.");

    public static final Setting<Duration> PARTY_METRICS_RETENTION = retention(
            "party-metrics",
            "90d",
            "Retention of party rows after their last change; at least completion.late-window.");

    public static final Setting<Duration> WINDOW_METRICS_RETENTION = retention(
            "window-metrics", "400d", "Retention of windows after their last change; at least metrics.retention.");

    public static final Setting<Duration> ARTIFACTS_RETENTION = retention(
            "artifacts", "90d", "Retention of what RingCentral said of recordings, voicemail and AI insights.");

    public static final Setting<Duration> FEED_GAPS_RETENTION =
            retention("feed-gaps", "90d", "Retention of gaps in the notifications of an account.");

    public static final Setting<Duration> DEAD_LETTERS_RETENTION =
            retention("dead-letters", "30d", "Retention of rejected notifications.");

    public static final Setting<Long> NOTIFICATIONS_MAX_BYTES = declare(
            "notifications.max-bytes", AllowedValues.sizes("1KiB", "64MiB"), "1MiB", "Maximum size of a notification.");

    public static final Setting<Integer> NOTIFICATIONS_MAX_PARTIES = declare(
            "notifications.max-parties",
            AllowedValues.counts(1, 2_000),
            "200",
            "Maximum parties of a notification (RingCentral sends one).");

    public static final Setting<Duration> NOTIFICATIONS_RETENTION = declare(
            "notifications.retention",
            AllowedValues.durations("1ms", LONGEST),
            "7d",
            "Retention of notifications; at least completion.late-window and completion.max-idle together.");

    public static final Setting<TimestampType> NOTIFICATIONS_TIMESTAMP_TYPE = declare(
            "notifications.timestamp-type",
            AllowedValues.oneOf(TimestampType.class),
            "log-append-time",
            "Time of receipt of a notification: the broker's, or in replays the recorded one.");

    public static final Setting<Duration> ORDERING_GAP_GRACE = declare(
            "ordering.gap-grace",
            AllowedValues.durations("0s", LONGEST),
            "500ms",
            "How long a missing sequence holds back later party events.");

    public static final Setting<Duration> COMPLETION_LINGER = declare(
            "completion.linger",
            AllowedValues.durations("1ms", LONGEST),
            "5s",
            "Wait if all parties are over but something is missing.");

    public static final Setting<Duration> COMPLETION_PEER_WAIT = declare(
            "completion.peer-wait",
            AllowedValues.durations("1ms", LONGEST),
            "30s",
            "Wait for a session that was named as a peer and not seen.");

    public static final Setting<Duration> COMPLETION_OPEN_PARTY_WAIT = declare(
            "completion.open-party-wait",
            AllowedValues.durations("1ms", LONGEST),
            "60s",
            "Wait for the end of outside parties when all parties with an own extension are over.");

    public static final Setting<Duration> COMPLETION_MAX_IDLE = declare(
            "completion.max-idle",
            AllowedValues.durations("1ms", LONGEST),
            "4h",
            "Wait for a party with an own extension, without a notification.");

    public static final Setting<Duration> COMPLETION_LATE_WINDOW = declare(
            "completion.late-window",
            AllowedValues.durations("1ms", LONGEST),
            "24h",
            "How long after its last change a call can be revised.");

    public static final Setting<Duration> ARTIFACTS_SETTLE = declare(
            "artifacts.settle",
            AllowedValues.durations("0ms", "1h"),
            "5s",
            "How long recordings, voicemail, AI insights and Call Log records of a call gather before they make a revision.");

    public static final Setting<Duration> BACKFILL_WAIT = declare(
            "backfill.wait",
            AllowedValues.durations("0ms", "24h"),
            "15m",
            "How long after its receipt a Call Log record makes a call, if no notification of its session comes.");

    public static final Setting<InsightsDetail> ARTIFACTS_INSIGHTS = declare(
            "artifacts.insights",
            AllowedValues.oneOf(InsightsDetail.class),
            "summary",
            "AI insights that the bridge keeps. summary: without transcript and highlights. full: all. off: none.");

    public static final Setting<SequenceGaps> COMPLETION_SEQUENCE_GAPS = declare(
            "completion.sequence-gaps",
            AllowedValues.oneOf(SequenceGaps.class),
            "count",
            "Whether missing sequences make a call partial. ignore: for filtered or extension-level subscriptions.");

    public static final Setting<Map<String, SequenceGaps>> COMPLETION_SEQUENCE_GAPS_ACCOUNTS = declare(
            "completion.sequence-gaps.accounts",
            AllowedValues.byAccount(
                    AllowedValues.oneOf(SequenceGaps.class), "count or ignore", "809646016=ignore,400130473008=count"),
            "",
            "Accounts with another value of completion.sequence-gaps.");

    public static final Setting<Path> BRIDGE_SPOOL_DIR =
            declareFolder("bridge.spool.dir", "spool", "Folder of the spool, for one bridge.");

    public static final Setting<Long> BRIDGE_SPOOL_MAX_BYTES = declare(
            "bridge.spool.max-bytes",
            AllowedValues.sizes("1MiB", "512GiB"),
            "1GiB",
            "Maximum size of the spool; then the answer is 503.");

    public static final Setting<Duration> BRIDGE_KAFKA_TIMEOUT = declare(
            "bridge.kafka-timeout",
            AllowedValues.durations("50ms", "2s"),
            "1s",
            "Longest wait for Kafka before a notification goes to disk; shorter where Kafka is usually fast.");

    public static final Setting<PartitionBy> BRIDGE_PARTITION_BY = declare(
            "bridge.partition-by",
            AllowedValues.oneOf(PartitionBy.class),
            "session",
            "What chooses the partition of a notification; account takes less CPU time.");

    public static final Setting<String> HTTP_HOST = declare(
            "http.host",
            AllowedValues.text("[A-Za-z0-9.:_%-]{1,253}", "a host name or an IP address"),
            "127.0.0.1",
            "Address of health and metrics; 0.0.0.0 in containers.");

    public static final Setting<Integer> HTTP_PORT = declare(
            "http.port",
            AllowedValues.counts(0, 65_535),
            "8080",
            "Port of health and metrics; 0 takes a free one and prints it.");

    public static final Setting<List<Network>> HTTP_ALLOWED_NETWORKS = declare(
            "http.allowed-networks",
            AllowedValues.networks(),
            "",
            "Networks that may read metrics and the status of accounts and endpoints; this machine always may.");

    public static final Setting<Integer> LIMITS_SESSION_EVENTS = declare(
            "limits.session-events", AllowedValues.counts(10, 100_000), "2000", "Maximum party events of a session.");

    public static final Setting<Integer> LIMITS_CALL_SESSIONS =
            declare("limits.call-sessions", AllowedValues.counts(2, 10_000), "100", "Maximum sessions of a call.");

    public static final Setting<Integer> LIMITS_CALL_EVENTS = declare(
            "limits.call-events",
            AllowedValues.counts(10, 100_000),
            "5000",
            "Maximum party events of a call of several sessions.");

    public static final Setting<Integer> LIMITS_CALL_PARTIES =
            declare("limits.call-parties", AllowedValues.counts(10, 20_000), "1000", "Maximum parties of a call.");

    public static final Setting<String> BRIDGE_HOST = declare(
            "bridge.host",
            AllowedValues.text("[A-Za-z0-9.:_%-]{1,253}", "a host name or an IP address"),
            "127.0.0.1",
            "Address of webhooks; 0.0.0.0 in containers.");

    public static final Setting<Integer> BRIDGE_PORT = declare(
            "bridge.port",
            AllowedValues.counts(0, 65_535),
            "8081",
            "Port of webhooks; 0 takes a free one and prints it.");

    public static final Setting<Path> BRIDGE_ACCOUNTS_FILE = declare(
            "bridge.accounts-file", AllowedValues.files(), "File with the accounts; read again when it changes.");

    public static final Setting<String> BRIDGE_ACCOUNTS = declare(
            "bridge.accounts",
            AllowedValues.text(
                    "[A-Za-z0-9._~/=, -]*", "a comma-separated list of account ids, each with or without =/path"),
            "",
            "Further accounts; the default path is /webhooks/ and the id.");

    public static final Setting<String> BRIDGE_ACCOUNT_TOKENS = declare(
            "bridge.account-tokens",
            AllowedValues.text(
                    "\\P{Cntrl}*", "a comma-separated list of id=token; spaces separate the tokens of one account"),
            "",
            "Verification tokens of the accounts in bridge.accounts.");

    public static final Setting<Integer> BRIDGE_ACCOUNT_RATE = declare(
            "bridge.account-rate",
            AllowedValues.counts(1, 1_000_000),
            "10000",
            "Limit of notifications per second and account, counting one of 4 KiB or more again for each 4 KiB; then a webhook"
                    + " gets 429, and PubNub is read more slowly.");

    public static final Setting<URI> BRIDGE_PUBLIC_URL = declare(
            "bridge.public-url",
            AllowedValues.urls("https://calls.example.com"),
            "Public address of the webhooks, without the path; with it, the bridge creates and renews subscriptions.");

    public static final Setting<URI> RINGCENTRAL_SERVER = declare(
            "ringcentral.server",
            AllowedValues.secureServers("https://platform.ringcentral.com or https://platform.devtest.ringcentral.com"),
            "https://platform.ringcentral.com",
            "RingCentral's API server: production, the sandbox or a partner brand.");

    public static final Setting<String> RINGCENTRAL_CLIENT_ID = declare(
            "ringcentral.client-id",
            AllowedValues.text("[\\x21-\\x7e]*", "the client id of an app"),
            "",
            "Client id of the app, for accounts without their own.");

    public static final Setting<String> RINGCENTRAL_CLIENT_SECRET = declare(
            "ringcentral.client-secret",
            AllowedValues.text("[\\x21-\\x7e]*", "the client secret of an app"),
            "",
            "Client secret of the app. Give it in the environment.");

    public static final Setting<String> RINGCENTRAL_JWT = declare(
            "ringcentral.jwt",
            AllowedValues.text("[\\x20-\\x7e]*", "a JWT, or a comma-separated list of id=jwt"),
            "",
            "JWT of the account, or id=jwt for each of several. Give it in the environment.");

    public static final Setting<String> RINGCENTRAL_FILTERS = declare(
            "ringcentral.filters",
            AllowedValues.text("[\\x21-\\x7e ]*", "a comma-separated list of event filters"),
            "/restapi/v1.0/account/~/telephony/sessions",
            "Event filters of subscriptions, for accounts without their own.");

    public static final Setting<ConnectionWay> RINGCENTRAL_TRANSPORT = declare(
            "ringcentral.transport",
            AllowedValues.oneOf(ConnectionWay.class),
            "webhook",
            "How notifications of accounts with a JWT come; websocket and pubnub need no public address.");

    public static final Setting<OutputSwitch> RINGCENTRAL_NAMES = declare(
            "ringcentral.names",
            AllowedValues.oneOf(OutputSwitch.class),
            "on",
            "Whether the bridge reads names, queues and sites of accounts with a JWT from RingCentral.");

    public static final Setting<Set<String>> RINGCENTRAL_ARTIFACTS = declare(
            "ringcentral.artifacts",
            AllowedValues.someOf(FactKind.artifacts()),
            "none",
            "What the bridge fetches after calls of accounts with a JWT.");

    public static final Setting<Duration> AUDIT_EVERY = declare(
            "audit.every",
            AllowedValues.durations("0s", "1d"),
            "0s",
            "How often the bridge compares calls with RingCentral's Call Log; 0s: never.");

    public static final Setting<Duration> AUDIT_SETTLE = declare(
            "audit.settle",
            AllowedValues.durations("0s", "7d"),
            "15m",
            "How long after its end a call is compared with the Call Log, which changes for some minutes.");

    public static final Setting<OutputSwitch> BACKFILL_GAPS = declare(
            "backfill.gaps",
            AllowedValues.oneOf(OutputSwitch.class),
            "on",
            "Whether the bridge brings calls of known gaps from the Call Log, for accounts with a JWT.");

    public static final Setting<Duration> BACKFILL_SETTLE = declare(
            "backfill.settle",
            AllowedValues.durations("1s", "24h"),
            "15m",
            "How long after the end of a gap and of its calls the Call Log is taken, which changes for some minutes.");

    public static final Setting<URI> RINGCENTRAL_PUBNUB_SERVER = declare(
            "ringcentral.pubnub-server",
            AllowedValues.secureServers("https://ps.pndsn.com"),
            "https://ps.pndsn.com",
            "Address of PubNub's servers, for the transport pubnub.");

    public static final Setting<PersonalDataMode> BRIDGE_PRIVACY = declare(
            "bridge.privacy",
            AllowedValues.oneOf(PersonalDataMode.class),
            "none",
            "Whether phone numbers and names are masked or hashed.");

    public static final Setting<String> BRIDGE_PRIVACY_KEY = declare(
            "bridge.privacy-key",
            AllowedValues.text("\\P{Cntrl}{16,1000}", "at least 16 characters"),
            "Key of the hashes. Give it in the environment.");

    public static final Setting<Duration> BRIDGE_ANSWER_TIMEOUT = declare(
            "bridge.answer-timeout",
            AllowedValues.durations("100ms", "2900ms"),
            "2500ms",
            "Timeout of a webhook; then the answer is 503. RingCentral waits for 3 s.");

    public static final Setting<Duration> BRIDGE_REQUEST_TIMEOUT = declare(
            "bridge.request-timeout",
            AllowedValues.durations("100ms", "10m"),
            "10s",
            "Timeout of the head of a request on a new connection.");

    public static final Setting<Duration> BRIDGE_IDLE_TIMEOUT = declare(
            "bridge.idle-timeout", AllowedValues.durations("1s", "1h"), "60s", "Timeout of an idle connection.");

    public static final Setting<Integer> BRIDGE_MAX_CONNECTIONS = declare(
            "bridge.max-connections",
            AllowedValues.counts(1, 100_000),
            "1000",
            "Maximum number of connections. When they become few, strangers that wait for the longest are closed.");

    public static final Setting<Integer> BRIDGE_MAX_CONNECTIONS_PER_ADDRESS = declare(
            "bridge.max-connections-per-address",
            AllowedValues.counts(0, 100_000),
            "0",
            "Maximum number of connections of one address; further ones are closed. 0: any number.");

    public static final Setting<List<Network>> BRIDGE_TRUSTED_PROXIES = declare(
            "bridge.trusted-proxies",
            AllowedValues.networks(),
            "",
            "Networks of proxies: the PROXY protocol may say their clients' addresses, and their own do not count.");

    public static final Setting<Long> BRIDGE_MAX_HEADER_BYTES = declare(
            "bridge.max-header-bytes",
            AllowedValues.sizes("1KiB", "1MiB"),
            "8KiB",
            "Maximum size of the request line and headers.");

    public static final Setting<Long> BRIDGE_IN_FLIGHT_BYTES = declare(
            "bridge.in-flight-bytes",
            AllowedValues.sizes("1MiB", "64GiB"),
            "64MiB",
            "Maximum memory of all bodies, of which an account has half of what others leave; then the answer is 503.");

    public static final Setting<Path> BRIDGE_TLS_CERTIFICATE = declare(
            "bridge.tls-certificate",
            AllowedValues.files(),
            "TLS certificate: chain in PEM, or PKCS #12 with the key; read again when it changes.");

    public static final Setting<Path> BRIDGE_TLS_KEY_FILE =
            declare("bridge.tls-key-file", AllowedValues.files(), "Key of a PEM certificate: PKCS #8, not encrypted.");

    public static final Setting<String> BRIDGE_TLS_PASSWORD = declare(
            "bridge.tls-password",
            AllowedValues.text("\\P{Cntrl}*", "the password"),
            "",
            "Password of a PKCS #12 file.");

    public static final Setting<Duration> BRIDGE_SILENCE_AFTER = declare(
            "bridge.silence-after",
            AllowedValues.durations("1m", "7d"),
            "15m",
            "Minimum silence of an account for an alarm.");

    public static final Setting<Integer> BRIDGE_SILENCE_MISSING = declare(
            "bridge.silence-missing",
            AllowedValues.counts(0, 1_000_000),
            "50",
            "Minimum notifications expected in that time for an alarm; 0 disables alarms.");

    public static final Setting<Integer> BRIDGE_ACCOUNT_SERIES = declare(
            "bridge.account-series",
            AllowedValues.counts(0, 100_000),
            "200",
            "How many accounts have metrics of their own; all others share those of the account other.");

    public static final Setting<Set<String>> METRICS_ACCOUNT_WINDOWS =
            windows("account", "Windows of the whole account.");

    public static final Setting<Set<String>> METRICS_EXTENSION_WINDOWS =
            windows("extension", "Windows of each extension.");

    public static final Setting<Set<String>> METRICS_QUEUE_WINDOWS = windows("queue", "Windows of each queue.");

    public static final Setting<Set<String>> METRICS_NUMBER_WINDOWS =
            windows("number", "none", "Windows of each outside number.");

    public static final Setting<Set<String>> METRICS_DEPARTMENT_WINDOWS =
            windows("department", "Windows of each department.");

    public static final Setting<ZoneId> METRICS_TIME_ZONE = declare(
            "metrics.time-zone",
            AllowedValues.zones(),
            "UTC",
            "Time zone of daily windows. Shorter windows always use UTC.");

    public static final Setting<Map<String, ZoneId>> METRICS_TIME_ZONES = declare(
            "metrics.time-zones",
            AllowedValues.zonesByAccount(),
            "",
            "Accounts with another time zone of daily windows.");

    public static final Setting<Duration> METRICS_SERVICE_LEVEL = declare(
            "metrics.service-level", AllowedValues.durations("1ms", LONGEST), "20s", "Threshold of the service level.");

    public static final Setting<Duration> METRICS_SHORT_ABANDON = declare(
            "metrics.short-abandon",
            AllowedValues.durations("0s", LONGEST),
            "0s",
            "Calls abandoned earlier do not count for the service level; 0s: all count.");

    public static final Setting<Map<String, Map<String, Duration>>> METRICS_SERVICE_LEVELS = declare(
            "metrics.service-levels",
            AllowedValues.byQueue(
                    AllowedValues.durations("1ms", LONGEST), "duration", "809646016/1001=20s,809646016/1002=1m"),
            "",
            "Queues with another metrics.service-level.");

    public static final Setting<Map<String, Map<String, Duration>>> METRICS_SHORT_ABANDONS = declare(
            "metrics.short-abandons",
            AllowedValues.byQueue(
                    AllowedValues.durations("0s", LONGEST), "duration", "809646016/1001=5s,809646016/1002=0s"),
            "",
            "Queues with another metrics.short-abandon.");

    public static final Setting<OptionalInt> METRICS_SERVICE_GOAL = declare(
            "metrics.service-goal",
            AllowedValues.percentOrNothing(),
            "",
            "Goal of the service level, for report and console.");

    public static final Setting<Map<String, Map<String, Integer>>> METRICS_SERVICE_GOALS = declare(
            "metrics.service-goals",
            AllowedValues.byQueue(AllowedValues.percents(), "percentage", "809646016/1001=80%,809646016/1002=95%"),
            "",
            "Queues with another metrics.service-goal.");

    public static final Setting<Duration> METRICS_EMIT_INTERVAL = declare(
            "metrics.emit-interval",
            AllowedValues.durations("0s", LONGEST),
            "1s",
            "Minimum time between two emissions of a window.");

    public static final Setting<Duration> METRICS_RETENTION = declare(
            "metrics.retention",
            AllowedValues.durations("1ms", LONGEST),
            "7d",
            "How long after its last change a day of windows is kept; at least completion.late-window and"
                    + " completion.max-idle.");

    public static final Setting<Path> DELIVER_KEY_FILE = declare(
            "deliver.key-file",
            AllowedValues.files(),
            "Keys that encrypt the secrets of subscriptions: 32 bytes in Base64 on each line, the newest first.");

    public static final Setting<Path> DELIVER_SECRETS_DIR = declare(
            "deliver.secrets-dir",
            AllowedValues.folders(),
            "Folder of the secrets that subscriptions name as file:NAME.");

    public static final Setting<List<Network>> DELIVER_ALLOWED_NETWORKS = declare(
            "deliver.allowed-networks",
            AllowedValues.networks(),
            "",
            "Private networks that may be posted to, also without TLS.");

    public static final Setting<Integer> DELIVER_CONCURRENCY = declare(
            "deliver.concurrency",
            AllowedValues.counts(1, 64),
            "8",
            "Posts to one endpoint at the same time, for each instance.");

    public static final Setting<Duration> DELIVER_TIMEOUT =
            declare("deliver.timeout", AllowedValues.durations("100ms", "60s"), "10s", "Timeout of a post.");

    public static final Setting<Duration> DELIVER_CONNECT_TIMEOUT = declare(
            "deliver.connect-timeout", AllowedValues.durations("100ms", "60s"), "5s", "Timeout of a connection.");

    public static final Setting<List<Duration>> DELIVER_RETRY_DELAYS = declare(
            "deliver.retry-delays",
            AllowedValues.durationLists("10ms", "7d", 20),
            "5s,30s,5m,30m,2h,6h,12h,24h,27h",
            "Delays after the first, second and further failures of a post, with a tenth of jitter; then it is given"
                    + " up.");

    public static final Setting<Duration> DELIVER_KEEP = declare(
            "deliver.keep",
            AllowedValues.durations("1s", "30d"),
            "4d",
            "How long an event is kept for its webhook, also if the endpoint is down or paused.");

    public static final Setting<Duration> DELIVER_SUSPEND_AFTER = declare(
            "deliver.suspend-after",
            AllowedValues.durations("1s", "30d"),
            "24h",
            "How long an endpoint may fail without a success; then its subscription is suspended.");

    public static final Setting<Integer> DELIVER_API_PORT = declare(
            "deliver.api-port",
            AllowedValues.ports("8082"),
            "Port of the HTTP API for subscriptions; without it, there is none.");

    public static final Setting<String> DELIVER_API_HOST = declare(
            "deliver.api-host",
            AllowedValues.text("\\S+", "a host name or an IP address"),
            "127.0.0.1",
            "Address of the HTTP API for subscriptions.");

    public static final Setting<String> DELIVER_API_TOKENS = declare(
            "deliver.api-tokens",
            AllowedValues.text(
                    "\\P{Cntrl}*",
                    "a comma-separated list of token=account; spaces separate the accounts of one token"),
            "",
            "Access tokens of the HTTP API, each with the accounts that it may manage; * is all.");

    public static final Setting<Path> DELIVER_API_ACCESS_FILE = declare(
            "deliver.api-access-file",
            AllowedValues.files(),
            "Further access tokens of the HTTP API, as token=account on each line. It is read at the start: restart to revoke one.");

    public static final Setting<Integer> DELIVER_API_RATE = declare(
            "deliver.api-rate",
            AllowedValues.counts(1, 10_000),
            "20",
            "Maximum requests per second to the HTTP API with one token; then the answer is 429.");

    public static final Setting<Integer> CONSOLE_PORT =
            declare("console.port", AllowedValues.ports("8083"), "8083", "Port of the console.");

    public static final Setting<String> CONSOLE_HOST = declare(
            "console.host",
            AllowedValues.text("\\S+", "a host name or an IP address"),
            "127.0.0.1",
            "Address of the console.");

    public static final Setting<String> CONSOLE_TOKENS = declare(
            "console.tokens",
            AllowedValues.text(
                    "\\P{Cntrl}*",
                    "a comma-separated list of token=account; spaces separate the accounts of one token"),
            "",
            "Access tokens of the console, each with its accounts; * is all.");

    public static final Setting<Path> CONSOLE_ACCESS_FILE = declare(
            "console.access-file",
            AllowedValues.files(),
            "File with more access tokens of the console, one on each line. It is read at the start: restart to revoke one.");

    public static final Setting<Path> CONSOLE_DATA_DIR =
            declareFolder("console.data-dir", "console", "Folder of the console's store.");

    public static final Setting<Duration> CONSOLE_RETENTION = declare(
            "console.retention", AllowedValues.durations("1m", LONGEST), "7d", "How long the console keeps calls.");

    public static final Setting<Integer> CONSOLE_MAX_CALLS = declare(
            "console.max-calls",
            AllowedValues.counts(1, 100_000_000),
            "1000000",
            "Maximum calls that the console keeps. Further ones replace the oldest of the account with most.");

    public static final Setting<Long> CONSOLE_MAX_BYTES = declare(
            "console.store.max-bytes",
            AllowedValues.sizes("16MiB", "512GiB"),
            "4GiB",
            "Maximum size of the store. What exceeds it replaces the oldest of the account with most bytes.");

    public static final Setting<OutputSwitch> CONSOLE_MASKING = declare(
            "console.masking",
            AllowedValues.oneOf(OutputSwitch.class),
            "off",
            "Whether the console hides names, and all but the last two digits of numbers.");

    public static final Setting<ExcludedCalls> PRIVACY_EXCLUDE = declare(
            "privacy.exclude",
            AllowedValues.excludedCalls(),
            "",
            "Calls that deliver, export, console and report leave out: those that name one of these.");

    private KnownSettings() {}

    /** In the order of declaration, which is also the order in the documentation. */
    public static List<Setting<?>> all() {
        return Collections.unmodifiableList(DECLARED);
    }

    private static <T> Setting<T> declare(String name, AllowedValues<T> values, String byDefault, String doc) {
        return declare(new Setting<>(name, values, Optional.of(byDefault), doc));
    }

    private static <T> Setting<T> declare(String name, AllowedValues<T> values, String doc) {
        return declare(new Setting<>(name, values, Optional.empty(), doc));
    }

    /** A folder for data that must survive the process. */
    private static Setting<Path> declareFolder(String name, String folder, String doc) {
        return declare(new Setting<>(
                name,
                AllowedValues.folders(),
                Optional.of(DataFolder.SHOWN + "/" + folder),
                environment -> DataFolder.in(environment)
                        .map(data -> data.resolve(folder).toString()),
                doc));
    }

    /** Less than a minute would delete what nobody has read. */
    private static Setting<OutputSwitch> output(String topic) {
        return declare(
                "topics." + topic,
                AllowedValues.oneOf(OutputSwitch.class),
                "on",
                "off: " + topic + " is not written, and its topic is not needed.");
    }

    private static Setting<Duration> retention(String topic, String byDefault, String doc) {
        return declare("topics." + topic + ".retention", AllowedValues.durations("1m", TEN_YEARS), byDefault, doc);
    }

    private static Setting<Set<String>> windows(String scope, String doc) {
        return windows(scope, "PT1M,PT15M,PT1H,P1D", doc);
    }

    private static Setting<Set<String>> windows(String scope, String byDefault, String doc) {
        return declare(
                "metrics." + scope + "-windows", AllowedValues.someOf("PT1M", "PT15M", "PT1H", "P1D"), byDefault, doc);
    }

    private static <T> Setting<T> declare(Setting<T> setting) {
        DECLARED.add(setting);
        return setting;
    }
}
