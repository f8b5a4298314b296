package io.callweave.cli.role;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.PlainHttp;
import io.callweave.local.BoundPort;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over HTTP, through the bridge and its spool, onto the topics of a broker. */
class BridgeIT {

    private static final String TOPIC = "test.notifications";
    private static final String DEAD_LETTERS = "test.dead-letters";
    private static final String NOTIFICATION = """
            {"event":"/restapi/v1.0/account/%s/telephony/sessions","timestamp":"2026-01-02T03:04:05.678Z","body":\
            {"sequence":2,"telephonySessionId":"%s","eventTime":"2026-01-02T03:04:05.600Z","parties":[{"accountId":"%s",\
            "extensionId":"7","id":"p-1","direction":"Inbound","from":{"phoneNumber":"+16505550100","name":"%s"},\
            "status":{"code":"Setup"}}]}}""";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> posted = new ArrayList<>();
    private BoundPort brokerPort;
    private BridgeRole bridge;

    @BeforeEach
    void start() throws IOException {
        Path accounts = Files.writeString(folder.resolve("accounts.properties"), """
                account.1=
                account.1.tokens=secret
                account.2.privacy=hash
                account.2.tokens=secret
                """);
        brokerPort = new BoundPort();
        bridge = BridgeRole.start(Settings.load(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + brokerPort.number(),
                        "topics.prefix",
                        "test.",
                        "state.dir",
                        folder.resolve("state").toString(),
                        "bridge.spool.dir",
                        folder.resolve("spool").toString(),
                        "bridge.accounts-file",
                        accounts.toString(),
                        "bridge.privacy-key",
                        "a key for tests only",
                        "bridge.port",
                        "0",
                        "http.port",
                        "0"),
                Map.of(),
                Optional.empty()));
    }

    @AfterEach
    void stop() throws IOException {
        bridge.close();
        brokerPort.close();
    }

    @Test
    void shouldPutTheSameOnTheTopicsWithABrokerAndWithout() throws Exception {
        postAll("away");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(spooled()).isEqualTo(3);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(folder.resolve("kafka")).withPort(brokerPort.number()))) {
            Brokers.createTopic(kafka, TOPIC, 3, Map.of());
            Brokers.createTopic(kafka, DEAD_LETTERS, 1, Map.of());
            await().until(() -> spooled() == 0);
            postAll("there");
            await().until(() -> read(TOPIC).size() == 4 && read(DEAD_LETTERS).size() == 2);

            List<ConsumerRecord<byte[], byte[]>> notifications = read(TOPIC);
            assertThat(notifications)
                    .extracting(record -> new String(record.key(), UTF_8))
                    .containsExactlyInAnyOrder("s-away", "p-away", "s-there", "p-there");
            assertThat(values(notifications)).contains(posted.get(0), posted.get(3));
            assertThat(values(notifications)).noneMatch(value -> value.contains("Grace Hopper"));
            assertThat(notifications)
                    .allSatisfy(record -> assertThat(headers(record))
                            .containsExactly("transport", "receivedAt", "source", "account"));
            List<ConsumerRecord<byte[], byte[]>> dead = read(DEAD_LETTERS);
            assertThat(values(dead)).containsExactly(posted.get(2), posted.get(5));
            assertThat(dead)
                    .allSatisfy(record -> assertThat(headers(record)).contains("reason", "source", "rejectedAt"));
        }
    }

    @Test
    void shouldTakeNothingFromStrangers() throws Exception {
        String notification = NOTIFICATION.formatted("1", "s-1", "1", "Ada");

        assertThat(post("1", notification, "guessed")).isEqualTo(401);
        assertThat(post("2", notification, "secret")).isEqualTo(403);
        assertThat(post("3", notification, "secret")).isEqualTo(404);
        assertThat(spooled()).isZero();
    }

    /** One as it is, one with names hashed, and one without a key. */
    private void postAll(String when) throws Exception {
        take("1", NOTIFICATION.formatted("1", "s-" + when, "1", "Zo\u00eb") + "\n");
        take("2", NOTIFICATION.formatted("2", "p-" + when, "2", "Grace Hopper"));
        take("1", "{\"no JSON " + when);
    }

    private void take(String account, String body) throws Exception {
        posted.add(body);
        assertThat(post(account, body, "secret")).isEqualTo(200);
    }

    private int post(String account, String body, String token) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(bridge.webhooks() + "/webhooks/" + account))
                                .header("Content-Type", "application/json")
                                .header("Verification-Token", token)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private long spooled() throws Exception {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("callweave_bridge_spool_depth "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return PlainHttp.get(bridge.httpAddress() + path);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
        new TopicReader("127.0.0.1:" + brokerPort.number()).readMerged(topic, read::add);
        return read;
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> new String(record.value(), UTF_8)).toList();
    }

    private static List<String> headers(ConsumerRecord<byte[], byte[]> record) {
        return Arrays.stream(record.headers().toArray()).map(Header::key).toList();
    }
}
