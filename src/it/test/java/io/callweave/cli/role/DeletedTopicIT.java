package io.callweave.cli.role;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.callweave.console.app.ConsoleRole;
import io.callweave.deliver.app.DeliverOptions;
import io.callweave.deliver.app.DeliverRole;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.runtime.RunningRole;
import io.callweave.runtime.StreamsRole;
import io.callweave.runtime.ThreadReplacement;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Somebody deletes a topic while a role works. */
@Tag("full")
class DeletedTopicIT {

    private static final String TOKEN = "o".repeat(32);
    private static final String NOTIFICATION = """
            {"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-01-02T03:04:05.678Z","body":{"sequence":2,\
            "telephonySessionId":"s-1","eventTime":"2026-01-02T03:04:05.600Z","parties":[{"accountId":"1","extensionId":"7",\
            "id":"p-1","direction":"Inbound","status":{"code":"Setup"}}]}}""";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
        admin = Brokers.admin(kafka);
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @ParameterizedTest
    @CsvSource({
        "streams, notifications, false",
        "streams, calls, true",
        "deliver, deliver-requests, false",
        "console, calls, false"
    })
    void shouldEndWithASentenceThatNamesIt(String role, String topic, boolean madeAgain) throws Exception {
        String name = role + "-" + topic;
        try (RunningRole running = start(role, name);
                Said said = new Said()) {
            assertThat(running.awaitRunning()).isTrue();
            // It has seen the topic.
            Thread.sleep(10_000);

            admin.deleteTopics(List.of(name + "." + topic)).all().get();
            if (madeAgain) {
                await().ignoreExceptions().until(() -> {
                    Topics.create(admin, TopicPlan.withPrefix(name + "."), 1, (short) 1);
                    return true;
                });
            }

            assertThat(running.await()).isFalse();
            assertThat(said.lines())
                    .anyMatch(line -> line.contains("The topic " + name + "." + topic + " was deleted")
                            || line.contains("A topic that it reads is gone: \"callweave topics check\" names it."));
            assertThat(said.lines()).noneMatch(line -> line.contains("skip the record") || line.contains("\tat "));
        }
    }

    /** It must not lose what comes in meanwhile. */
    @Test
    void shouldKeepWhatTheBridgeTakesUntilTheTopicIsThereAgain() throws Exception {
        try (RunningRole bridge = start("bridge", "bridge");
                Said said = new Said()) {
            String webhooks = bridge.offers().get(0).replaceAll(".*(http://\\S+).*", "$1");
            assertThat(post(webhooks)).isEqualTo(200);
            await().until(() -> notifications() >= 1); // twice, if it was sent again
            admin.deleteTopics(List.of("bridge.notifications")).all().get();

            await().until(() -> {
                assertThat(post(webhooks)).isEqualTo(200);
                return said.lines().stream().anyMatch(line -> line.contains("a topic is not there"));
            });
            Topics.create(admin, TopicPlan.withPrefix("bridge."), 1, (short) 1);

            await().until(() -> notifications() >= 1);
            assertThat(said.lines()).noneMatch(line -> line.contains("\tat "));
        }
    }

    private static int notifications() {
        List<byte[]> values = new CopyOnWriteArrayList<>();
        new TopicReader(kafka.bootstrapServers())
                .readMerged("bridge.notifications", record -> values.add(record.value()));
        return values.size();
    }

    private static int post(String webhooks) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(webhooks + "/webhooks/1"))
                .header("Verification-Token", TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(NOTIFICATION, UTF_8))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static RunningRole start(String role, String name) throws Exception {
        Topics.create(admin, TopicPlan.withPrefix(name + "."), 1, (short) 1);
        Path keys = Files.writeString(
                directory.resolve(name + ".keys"), Base64.getEncoder().encodeToString(new byte[32]));
        Settings settings = Settings.load(
                Map.ofEntries(
                        Map.entry("bootstrap.servers", kafka.bootstrapServers()),
                        Map.entry("application.id", name),
                        Map.entry("topics.prefix", name + "."),
                        Map.entry("state.dir", directory.resolve(name).toString()),
                        Map.entry("http.port", "0"),
                        Map.entry(
                                "bridge.spool.dir",
                                directory.resolve(name + "-spool").toString()),
                        Map.entry("bridge.port", "0"),
                        Map.entry("bridge.accounts", "1"),
                        Map.entry("bridge.account-tokens", "1=" + TOKEN),
                        Map.entry("deliver.key-file", keys.toString()),
                        Map.entry("console.port", "0"),
                        Map.entry(
                                "console.data-dir",
                                directory.resolve(name + "-console").toString())),
                Map.of(),
                Optional.empty());
        return switch (role) {
            case "streams" -> StreamsRole.start(settings);
            case "deliver" -> DeliverRole.start(DeliverOptions.of(settings, Map.of(), Optional.empty()));
            case "console" -> ConsoleRole.start(settings);
            default -> BridgeRole.start(settings);
        };
    }

    /** What is logged from INFO on, and whether a line that is no error has a stack trace. */
    private static final class Said implements AutoCloseable {

        private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        private final Logger threads = (Logger) LoggerFactory.getLogger(ThreadReplacement.class);
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        Said() {
            appender.list = new CopyOnWriteArrayList<>();
            appender.start();
            root.addAppender(appender);
            // Other tests make threads fail, and are quiet about it.
            threads.setLevel(Level.ERROR);
        }

        List<String> lines() {
            return appender.list.stream()
                    .filter(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
                    .filter(event -> !event.getLoggerName().startsWith("kafka.")
                            && !event.getLoggerName().startsWith("state.change"))
                    .map(event -> event.getFormattedMessage()
                            + event.getKeyValuePairs()
                            + (event.getThrowableProxy() == null || event.getLevel() == Level.ERROR ? "" : "\n\tat "))
                    .toList();
        }

        @Override
        public void close() {
            threads.setLevel(Level.OFF);
            root.detachAppender(appender);
        }
    }
}
