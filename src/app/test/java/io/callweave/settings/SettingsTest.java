package io.callweave.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.settings.value.SequenceGaps;
import io.callweave.settings.value.TimestampType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String DURATION_EXAMPLES = ", such as 500ms, 5s, 2m, 4h, 7d or PT5S.";

    @TempDir
    Path folder;

    @Test
    void shouldHaveTheDocumentedDefaults() {
        Settings settings = Settings.defaults();

        assertThat(settings.get(KnownSettings.TOPICS_PREFIX)).isEqualTo("callweave.");
        assertThat(settings.get(KnownSettings.APPLICATION_ID)).isEqualTo("callweave");
        assertThat(settings.get(KnownSettings.NOTIFICATIONS_MAX_BYTES)).isEqualTo(1_048_576);
        assertThat(settings.get(KnownSettings.NOTIFICATIONS_RETENTION)).isEqualTo(Duration.ofDays(7));
        assertThat(settings.get(KnownSettings.ORDERING_GAP_GRACE)).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.get(KnownSettings.COMPLETION_LINGER)).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.get(KnownSettings.COMPLETION_PEER_WAIT)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.get(KnownSettings.COMPLETION_OPEN_PARTY_WAIT)).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.get(KnownSettings.COMPLETION_MAX_IDLE)).isEqualTo(Duration.ofHours(4));
        assertThat(settings.get(KnownSettings.COMPLETION_LATE_WINDOW)).isEqualTo(Duration.ofHours(24));
        assertThat(settings.get(KnownSettings.COMPLETION_SEQUENCE_GAPS)).isEqualTo(SequenceGaps.COUNT);
        assertThat(settings.find(KnownSettings.BOOTSTRAP_SERVERS)).isEmpty();
        assertThat(settings.get(KnownSettings.STATE_DIR))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".local/state/callweave/state"));
        assertThat(settings.get(KnownSettings.STATE_ROCKSDB_MEMORY)).isEqualTo(256L << 20);
        assertThat(settings.get(KnownSettings.NOTIFICATIONS_TIMESTAMP_TYPE)).isEqualTo(TimestampType.LOG_APPEND_TIME);
        assertThat(settings.get(KnownSettings.HTTP_HOST)).isEqualTo("127.0.0.1");
        assertThat(settings.get(KnownSettings.HTTP_PORT)).isEqualTo(8080);
    }

    @Test
    void shouldKeepOutputsForTheDocumentedTime() {
        Settings settings = Settings.defaults();

        assertThat(settings.get(KnownSettings.PARTY_EVENTS_RETENTION)).isEqualTo(Duration.ofDays(7));
        assertThat(settings.get(KnownSettings.CALLS_RETENTION)).isEqualTo(Duration.ofDays(90));
        assertThat(settings.get(KnownSettings.PARTY_METRICS_RETENTION)).isEqualTo(Duration.ofDays(90));
        assertThat(settings.get(KnownSettings.WINDOW_METRICS_RETENTION)).isEqualTo(Duration.ofDays(400));
        assertThat(settings.get(KnownSettings.DEAD_LETTERS_RETENTION)).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void shouldPreferTheEnvironmentToTheFileAndAFlagToBoth() {
        Path file = file("""
                completion.linger = 1s
                completion.peer-wait = 1s
                completion.max-idle = 1s
                """);
        Map<String, String> environment = Map.of(
                "CALLWEAVE_COMPLETION_PEER_WAIT", "2s",
                "CALLWEAVE_COMPLETION_MAX_IDLE", "2s");
        Map<String, String> flags = Map.of("completion.max-idle", "3s");

        Settings settings = Settings.load(flags, environment, Optional.of(file));

        assertThat(settings.get(KnownSettings.COMPLETION_LINGER)).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.get(KnownSettings.COMPLETION_PEER_WAIT)).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.get(KnownSettings.COMPLETION_MAX_IDLE)).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.effective())
                .filteredOn(setting -> setting.source() != Source.DEFAULT)
                .extracting(Settings.Effective::name, Settings.Effective::source)
                .containsExactly(
                        tuple("completion.linger", Source.FILE),
                        tuple("completion.peer-wait", Source.ENVIRONMENT),
                        tuple("completion.max-idle", Source.FLAG));
    }

    @Test
    void shouldReadTheFileThatTheEnvironmentNames() {
        Path file = file("topics.prefix=fromEnvironment.");

        Settings settings = Settings.load(Map.of(), Map.of("CALLWEAVE_CONFIG", file.toString()), Optional.empty());

        assertThat(settings.get(KnownSettings.TOPICS_PREFIX)).isEqualTo("fromEnvironment.");
    }

    @Test
    void shouldPreferTheFileOfTheCommandLineToTheOneThatTheEnvironmentNames() {
        Path file = file("topics.prefix=fromFlag.");

        Settings settings = Settings.load(Map.of(), Map.of("CALLWEAVE_CONFIG", "/not/there"), Optional.of(file));

        assertThat(settings.get(KnownSettings.TOPICS_PREFIX)).isEqualTo("fromFlag.");
    }

    @Test
    void shouldIgnoreSpaceAroundAValue() {
        Settings settings = Settings.load(Map.of(), Map.of(), Optional.of(file("completion.linger = 7s  \n")));

        assertThat(settings.get(KnownSettings.COMPLETION_LINGER)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void shouldAllowAnEmptyPrefix() {
        assertThat(flag("topics.prefix", "").get(KnownSettings.TOPICS_PREFIX)).isEmpty();
    }

    @Test
    void shouldTreatAnEmptyVariableAsNotSet() {
        Settings settings = environment("CALLWEAVE_COMPLETION_LINGER", "");

        assertThat(settings.get(KnownSettings.COMPLETION_LINGER)).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024", "1KiB, 1024", "512KiB, 524288", "1 MiB, 1048576", "64MiB, 67108864", "2048B, 2048"})
    void shouldReadSizes(String text, long bytes) {
        assertThat(flag("notifications.max-bytes", text).get(KnownSettings.NOTIFICATIONS_MAX_BYTES))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1073741824, 1073741824", "1GiB, 1073741824", "549755813888, 549755813888"})
    void shouldReadLargeSizes(String text, long bytes) {
        assertThat(flag("bridge.spool.max-bytes", text).get(KnownSettings.BRIDGE_SPOOL_MAX_BYTES))
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"kafka:9092", "a:1,b:65535", "a:1, b:2", "[::1]:9092", "10.0.0.1:9092", "SASL_SSL://a-b.c:9093"})
    void shouldAcceptAddressesOfBrokers(String servers) {
        assertThat(flag("bootstrap.servers", servers).get(KnownSettings.BOOTSTRAP_SERVERS))
                .isEqualTo(servers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:8090", "http://localhost", "http://[::1]:80", "https://a.example"})
    void shouldAcceptServersThatGetSecretsSafely(String server) {
        assertThat(flag("ringcentral.server", server).get(KnownSettings.RINGCENTRAL_SERVER))
                .hasToString(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a.example", "http://10.0.0.7", "http://127.0.0.1.a.example", "http://localhost.a"})
    void shouldRefuseServersThatWouldGetSecretsInTheClear(String server) {
        assertThatThrownBy(() -> flag("ringcentral.server", server))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("https://");
        assertThatThrownBy(() -> flag("ringcentral.pubnub-server", server)).isInstanceOf(SettingsException.class);
    }

    @Test
    void shouldLetKafkaReadAPasswordFromAFileOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("password"), "hush");
        Settings settings = Settings.load(
                Map.of(
                        "bootstrap.servers", "kafka:9092",
                        "kafka.config.providers", "dir",
                        "kafka.config.providers.dir.class",
                                "org.apache.kafka.common.config.provider.DirectoryConfigProvider",
                        "kafka.ssl.key.password", "${dir:" + folder + ":password}"),
                Map.of(),
                Optional.empty());

        assertThat(new AdminClientConfig(settings.kafkaClientOptions())
                        .getPassword("ssl.key.password")
                        .value())
                .isEqualTo("hush");
    }

    @Test
    void shouldAcceptWordsInAnyCase() {
        assertThat(environment("CALLWEAVE_COMPLETION_SEQUENCE_GAPS", "IGNORE")
                        .get(KnownSettings.COMPLETION_SEQUENCE_GAPS))
                .isEqualTo(SequenceGaps.IGNORE);
    }

    /** Values are in the last column, apart from each other by semicolons. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            completion.linger | a duration from 1ms to 366d, such as 500ms, 5s, 2m, 4h, 7d or PT5S. \
              | 5;;-5s;0s;0.5s;five seconds;5S;367d;PT0S;PT-5S;PT0.0005S;999999999999d
            notifications.max-bytes | a size from 1KiB to 64MiB, such as 512KiB, 1MiB or 65536 (bytes). \
              | 1023;65MiB;1MB;1.5MiB;lots;9999999999;999999999999999GiB
            topics.prefix | at most 100 letters, digits, dots, underscores or hyphens. | call weave.;café;a/b
            application.id | 1 to 100 letters, digits, dots, underscores or hyphens. | ;a/b
            bootstrap.servers | a comma-separated list of host:port, such as kafka-1:9092,kafka-2:9092. \
              | kafka;kafka:;kafka:99999;a:1,;a:1 b:2;:9092
            state.dir | the path of a folder, such as /var/lib/callweave. | ; ;
            metrics.time-zones | a comma-separated list of account=zone, or nothing, such as \
              809646016=Europe/Berlin,400130473008=America/New_York. \
              | Europe/Berlin;1=;=UTC;1=Nowhere/Land;1=UTC,1=UTC;1=UTC,
            completion.sequence-gaps.accounts | a comma-separated list of account=count or ignore, or nothing, such as \
              809646016=ignore,400130473008=count. | ignore;1=;=count;1=maybe;1=count,1=count;1=count,
            metrics.number-windows | a comma-separated list of PT1M, PT15M, PT1H, P1D, or none, such as P1D or PT1M,PT15M. \
              | PT2H;P1D,none;P1D,
            topics.calls.retention | at least as long as completion.late-window=24h (the default). | 23h
            topics.party-metrics.retention | at least as long as completion.late-window=24h (the default). | 1h
            topics.window-metrics.retention | at least as long as metrics.retention=7d (the default). | 6d
            notifications.retention | at least 28h, the sum of completion.late-window=24h (the default) and \
              completion.max-idle=4h (the default). | 1d
            metrics.retention | at least 28h, the sum of completion.late-window=24h (the default) and \
              completion.max-idle=4h (the default). | 1d
            """)
    void shouldNameTheSettingTheValueAndWhatIsAllowed(String setting, String allowed, String values) {
        for (String value : values.split(";", -1)) {
            assertWrong(
                    () -> flag(setting, value),
                    setting + " (from the command line) is \"" + value + "\", but must be "
                            + allowed.replaceAll("\\s+", " "));
        }
    }

    @Test
    void shouldAllowAPrefixOfAHundredCharactersAndNoMore() {
        assertThat(flag("topics.prefix", "x".repeat(100)).get(KnownSettings.TOPICS_PREFIX))
                .hasSize(100);
        assertThatThrownBy(() -> flag("topics.prefix", "x".repeat(101))).isInstanceOf(SettingsException.class);
    }

    @Test
    void shouldSayWhichVariableIsWrong() {
        assertWrong(
                () -> environment("CALLWEAVE_ORDERING_GAP_GRACE", "2"),
                "ordering.gap-grace (from the environment variable CALLWEAVE_ORDERING_GAP_GRACE) is \"2\", but must be a "
                        + "duration from 0s to 366d" + DURATION_EXAMPLES);
    }

    @Test
    void shouldSayInWhichFileAValueIsWrong() {
        Path file = file("completion.sequence-gaps=maybe");

        assertWrong(
                () -> Settings.load(Map.of(), Map.of(), Optional.of(file)),
                "completion.sequence-gaps (from the file " + file + ") is \"maybe\", but must be count or ignore.");
    }

    @Test
    void shouldRejectAnInvalidValueThatIsOverridden() {
        Path file = file("completion.linger=soon");

        assertWrong(
                () -> Settings.load(Map.of("completion.linger", "5s"), Map.of(), Optional.of(file)),
                "completion.linger (from the file " + file + ") is \"soon\", but must be a duration from 1ms to 366d"
                        + DURATION_EXAMPLES);
    }

    @Test
    void shouldRejectALateWindowThatIsLongerThanTheRetention() {
        assertWrong(
                () -> environment("CALLWEAVE_COMPLETION_LATE_WINDOW", "10d"),
                "notifications.retention (the default) is \"7d\", but must be at least 244h, the sum of "
                        + "completion.late-window=10d (from the environment variable CALLWEAVE_COMPLETION_LATE_WINDOW) "
                        + "and completion.max-idle=4h (the default).");
    }

    @Test
    void shouldReadTimeZonesByAccount() {
        assertThat(flag("metrics.time-zones", "1=Europe/Berlin, 2 = UTC").get(KnownSettings.METRICS_TIME_ZONES))
                .containsExactlyInAnyOrderEntriesOf(Map.of("1", ZoneId.of("Europe/Berlin"), "2", ZoneId.of("UTC")));
        assertThat(Settings.defaults().get(KnownSettings.METRICS_TIME_ZONES)).isEmpty();
    }

    @Test
    void shouldReadServiceLevelsAndGoalsOfQueues() {
        assertThat(flag("metrics.service-levels", "1/900=30s, 1/901 = 1m,2/900=5s")
                        .get(KnownSettings.METRICS_SERVICE_LEVELS))
                .isEqualTo(Map.of(
                        "1", Map.of("900", Duration.ofSeconds(30), "901", Duration.ofMinutes(1)),
                        "2", Map.of("900", Duration.ofSeconds(5))));
        assertThat(flag("metrics.short-abandons", "1/900=0s").get(KnownSettings.METRICS_SHORT_ABANDONS))
                .isEqualTo(Map.of("1", Map.of("900", Duration.ZERO)));
        assertThat(flag("metrics.service-goals", "1/900=95%").get(KnownSettings.METRICS_SERVICE_GOALS))
                .isEqualTo(Map.of("1", Map.of("900", 95)));
        assertThat(flag("metrics.service-goal", "80 %").get(KnownSettings.METRICS_SERVICE_GOAL))
                .hasValue(80);
        assertThat(flag("metrics.service-goal", "").get(KnownSettings.METRICS_SERVICE_GOAL))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "900=20s",
                "1/=20s",
                "/900=20s",
                "1/9/0=20s",
                "1/900",
                "1/900=20",
                "1/900=0s",
                "1/900=1s,1/900=1s"
            })
    void shouldRejectServiceLevelsThatAreOfNoQueue(String text) {
        assertWrong(
                () -> flag("metrics.service-levels", text),
                "metrics.service-levels (from the command line) is \"" + text
                        + "\", but must be a comma-separated list of account/queueExtensionId=duration with a duration "
                        + "from 1ms to 366d, or nothing, such as 809646016/1001=20s,809646016/1002=1m.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "0.8", "0%", "101%", "79.5%", "%"})
    void shouldRejectGoalsThatAreNoPercentage(String text) {
        assertWrong(
                () -> flag("metrics.service-goal", text),
                "metrics.service-goal (from the command line) is \"" + text
                        + "\", but must be a whole percentage from 1% to 100%, or nothing, such as 80%.");
    }

    @Test
    void shouldReadSequenceGapsByAccount() {
        assertThat(flag("completion.sequence-gaps.accounts", "1=ignore, 2 = Count")
                        .get(KnownSettings.COMPLETION_SEQUENCE_GAPS_ACCOUNTS))
                .containsExactlyInAnyOrderEntriesOf(Map.of("1", SequenceGaps.IGNORE, "2", SequenceGaps.COUNT));
        assertThat(Settings.defaults().get(KnownSettings.COMPLETION_SEQUENCE_GAPS_ACCOUNTS))
                .isEmpty();
    }

    @Test
    void shouldReadWhichWindowsAreKept() {
        assertThat(flag("metrics.number-windows", "P1D, PT1H").get(KnownSettings.METRICS_NUMBER_WINDOWS))
                .containsExactlyInAnyOrder("P1D", "PT1H");
        assertThat(flag("metrics.number-windows", "none").get(KnownSettings.METRICS_NUMBER_WINDOWS))
                .isEmpty();
    }

    @Test
    void shouldAcceptARetentionThatIsJustLongEnough() {
        assertThat(flag("notifications.retention", "28h").get(KnownSettings.NOTIFICATIONS_RETENTION))
                .isEqualTo(Duration.ofHours(28));
    }

    @Test
    void shouldSayWhichRequiredSettingIsMissing() {
        Settings settings = Settings.defaults();

        assertWrong(
                () -> settings.get(KnownSettings.BOOTSTRAP_SERVERS),
                "bootstrap.servers is not set, but is needed here: give --bootstrap-servers, CALLWEAVE_BOOTSTRAP_SERVERS "
                        + "or a line bootstrap.servers=... in the settings file.");
    }

    @ParameterizedTest
    @CsvSource({
        "completion.lingr, completion.linger",
        "completion.peer_wait, completion.peer-wait",
        "Completion.Linger, completion.linger",
        "linger, completion.linger",
        "max-byte, notifications.max-bytes",
        "kafak.security.protocol, kafka.security.protocol",
        "stream.num.stream.threads, streams.num.stream.threads"
    })
    void shouldSuggestTheNearestNameForAnUnknownOne(String name, String meant) {
        assertWrong(
                () -> flag(name, "1"),
                "There is no setting \"" + name + "\" (from the command line); did you mean " + meant + "?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"colour", "security.protocol", "kafka", "kafka.", ""})
    void shouldSayWhereToFindTheNamesIfNoneIsSimilar(String name) {
        assertWrong(
                () -> flag(name, "1"),
                "There is no setting \"" + name
                        + "\" (from the command line); \"callweave config\" lists them, and Kafka's "
                        + "own options start with kafka. or streams.");
    }

    @Test
    void shouldSuggestTheNearestVariableForAnUnknownOne() {
        assertWrong(
                () -> environment("CALLWEAVE_COMPLETION_LINGR", "5s"),
                "There is no setting \"CALLWEAVE_COMPLETION_LINGR\" (from the environment); did you mean "
                        + "CALLWEAVE_COMPLETION_LINGER?");
    }

    @Test
    void shouldRejectAnUnknownNameInAFile() {
        Path file = file("topics.prefx=a");

        assertWrong(
                () -> Settings.load(Map.of(), Map.of(), Optional.of(file)),
                "There is no setting \"topics.prefx\" (from the file " + file + "); did you mean topics.prefix?");
    }

    @Test
    void shouldSayThatAFileDoesNotExist() {
        assertWrong(
                () -> Settings.load(Map.of(), Map.of(), Optional.of(Path.of("not-there.properties"))),
                "The settings file not-there.properties (from the command line) does not exist.");
    }

    @Test
    void shouldSayThatAFileCannotBeRead() {
        assertWrong(
                () -> Settings.load(Map.of(), Map.of("CALLWEAVE_CONFIG", folder.toString()), Optional.empty()),
                "The settings file " + folder
                        + " (from the environment variable CALLWEAVE_CONFIG) cannot be read as properties in UTF-8.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CALLWEAVE_JAVA_OPTS", "CALLWEAVE_LOG_LEVEL", "PATH", "callweave_completion_lingr"})
    void shouldIgnoreVariablesThatAreNotSettings(String variable) {
        assertThat(environment(variable, "-Xmx1g").toString())
                .isEqualTo(Settings.defaults().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "CALLWEAVE_KAFKA_SERVICE_HOST, 10.0.0.1",
        "CALLWEAVE_KAFKA_SERVICE_PORT, 9092",
        "CALLWEAVE_KAFKA_SERVICE_PORT_TCP_CLIENT, 9092",
        "CALLWEAVE_KAFKA_PORT, tcp://10.0.0.1:9092",
        "CALLWEAVE_KAFKA_PORT_9092_TCP, tcp://10.0.0.1:9092",
        "CALLWEAVE_KAFKA_PORT_9092_TCP_PROTO, tcp",
        "CALLWEAVE_KAFKA_PORT_9092_TCP_PORT, 9092",
        "CALLWEAVE_KAFKA_PORT_9092_TCP_ADDR, 10.0.0.1",
        "CALLWEAVE_PORT, tcp://10.0.0.1:8080",
        "CALLWEAVE_SERVICE_HOST, 10.0.0.1"
    })
    void shouldIgnoreTheServiceLinksOfKubernetes(String variable, String text) {
        assertThat(environment(variable, text).toString())
                .isEqualTo(Settings.defaults().toString());
    }

    @Test
    void shouldPassOnTheOptionsOfKafkaUnchanged() {
        Settings settings = Settings.load(
                Map.of("kafka.client.id", " as it is ", "bootstrap.servers", "kafka:9092"),
                Map.of(
                        "CALLWEAVE_KAFKA_SECURITY_PROTOCOL",
                        "SSL",
                        "CALLWEAVE_KAFKA_SSL_ENDPOINT_IDENTIFICATION_ALGORITHM",
                        ""),
                Optional.of(file("""
                        kafka.sasl.oauthbearer.scope=a
                        kafka.sasl.oauthbearer.scope.claim.name=b
                        """)));

        assertThat(settings.kafkaClientOptions())
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9092"),
                        Map.entry("client.id", " as it is "),
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("ssl.endpoint.identification.algorithm", ""),
                        Map.entry("sasl.oauthbearer.scope", "a"),
                        Map.entry("sasl.oauthbearer.scope.claim.name", "b"));
    }

    @Test
    void shouldGiveKafkaStreamsTheOptionsOfItsClientsAndItsOwn() {
        Settings settings = Settings.load(
                Map.of("kafka.client.id", "of all", "kafka.acks", "all", "streams.client.id", "of streams"),
                Map.of(
                        "CALLWEAVE_STREAMS_NUM_STREAM_THREADS", "4",
                        "CALLWEAVE_STREAMS_RACK_AWARE_ASSIGNMENT_TRAFFIC__COST", "10",
                        "CALLWEAVE_BOOTSTRAP_SERVERS", "kafka:9092",
                        "CALLWEAVE_STATE_DIR", "/state"),
                Optional.empty());

        assertThat(settings.kafkaStreamsOptions())
                .containsOnly(
                        Map.entry("bootstrap.servers", "kafka:9092"),
                        Map.entry("application.id", "callweave"),
                        Map.entry("state.dir", Path.of("/state").toString()),
                        Map.entry("acks", "all"),
                        Map.entry("client.id", "of streams"),
                        Map.entry("num.stream.threads", "4"),
                        Map.entry("rack.aware.assignment.traffic_cost", "10"));
    }

    @Test
    void shouldRejectAnOptionOfKafkaThatIsASettingOfItsOwn() {
        assertWrong(
                () -> environment("CALLWEAVE_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"),
                "kafka.bootstrap.servers (from the environment variable CALLWEAVE_KAFKA_BOOTSTRAP_SERVERS) must be given "
                        + "as bootstrap.servers.");
    }

    @Test
    void shouldShowNoSecret() {
        Settings settings = Settings.load(
                Map.of("kafka.sasl.jaas.config", "hunter2", "kafka.key.serializer", "shown"),
                Map.of(),
                Optional.empty());

        assertThat(settings.toString()).contains("***", "shown").doesNotContain("hunter2");
        assertThat(settings.kafkaClientOptions()).containsEntry("sasl.jaas.config", "hunter2");
    }

    @Test
    void shouldShowNoSecretInAnError() {
        Given given = new Given("console.token", "hunter2", Source.FLAG, "from the command line");

        assertThat(given.wrong("longer."))
                .hasMessage("console.token (from the command line) is \"***\", but must be longer.");
        assertThat(given.toString()).doesNotContain("hunter2");
    }

    private static Settings flag(String name, String text) {
        return Settings.load(Map.of(name, text), Map.of(), Optional.empty());
    }

    private static Settings environment(String variable, String text) {
        return Settings.load(Map.of(), Map.of(variable, text), Optional.empty());
    }

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("callweave.properties"), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertWrong(ThrowingCallable load, String sentence) {
        assertThatThrownBy(load).isInstanceOf(SettingsException.class).hasMessage(sentence);
    }
}
