package io.callweave.bridge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.spool.SpoolSettings;
import io.callweave.bridge.spool.SpooledSink;
import io.callweave.local.BoundPort;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.TopicReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks over HTTP, through endpoint and spool, onto the topics of a broker. */
class BridgeIT {

    private static final String TOPIC = "test.notifications";
    private static final String DEAD_LETTERS = "test.dead-letters";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> posted = new ArrayList<>();
    private BoundPort brokerPort;
    private SpooledSink safekeeping;
    private WebhookBridge bridge;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("accounts.properties"), "account.1=\naccount.2.privacy=hash\n");
        brokerPort = new BoundPort();
        SpoolSettings settings = SpoolSettings.of(
                folder.resolve("spool"),
                1 << 26,
                PATIENCE,
                List.of(TOPIC, DEAD_LETTERS),
                Map.of("bootstrap.servers", "127.0.0.1:" + brokerPort.number()));
        safekeeping = SpooledSink.open(settings, registry);
        bridge = WebhookBridge.start(folder, safekeeping, registry);
    }

    @AfterEach
    void stop() throws IOException {
        bridge.close();
        safekeeping.close();
        brokerPort.close();
    }

    @Test
    void shouldPutTheSameOnTheTopicsWithABrokerAndWithout() throws Exception {
        postAll("away");
        assertThat(bridge.isReady()).isTrue();
        assertThat(safekeeping.status().depth()).isEqualTo(3);
        try (EmbeddedKafka kafka = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(folder.resolve("kafka")).withPort(brokerPort.number()))) {
            Brokers.createTopic(kafka, TOPIC, 3, Map.of());
            Brokers.createTopic(kafka, DEAD_LETTERS, 1, Map.of());
            await().atMost(PATIENCE)
                    .until(() -> safekeeping.isKafkaAnswering()
                            && safekeeping.status().depth() == 0);
            postAll("there");

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

    /** One as it is, one with names hashed, and one without a key. */
    private void postAll(String when) throws IOException {
        post("1", Notifications.of("1", "s-" + when, "+16505550100", "Zo\u00eb") + "\n");
        post("2", Notifications.of("2", "p-" + when, "+16505550100", "Grace Hopper"));
        post("1", "{\"no JSON " + when);
    }

    private void post(String account, String body) throws IOException {
        posted.add(body);
        RawHttp.Reply reply =
                RawHttp.post(bridge.address(), "/webhooks/" + account, body, "Content-Type: application/json");
        assertThat(reply.status()).isEqualTo(200);
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
