package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.TopicReader;
import io.callweave.settings.Settings;
import io.callweave.simulation.platform.Notification;
import io.callweave.topics.Topic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge that connects no account, on a cluster from before there was a topic for gaps. */
class WebhookBridgeIT {

    private static final String PREFIX = "old.";
    private static final List<Notification> SENT =
            call().inbound("+15550100002").answeredBy("104").hangUp().notifications();

    @TempDir
    private Path directory;

    @Test
    void shouldNeedNoTopicForGaps() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")))) {
            Brokers.createTopic(kafka, Topic.NOTIFICATIONS.name(PREFIX), 1, Map.of());
            Brokers.createTopic(kafka, Topic.DEAD_LETTERS.name(PREFIX), 1, Map.of());
            try (BridgeRole bridge = BridgeRole.start(settings(kafka.bootstrapServers()))) {
                for (Notification notification : SENT) {
                    assertThat(post(bridge, notification)).isEqualTo(200);
                }

                TopicReader reader = new TopicReader(kafka.bootstrapServers());
                await().atMost(Installation.PATIENCE)
                        .until(() -> reader.count(Topic.NOTIFICATIONS.name(PREFIX)) == SENT.size());
            }
        }
    }

    private Settings settings(String bootstrapServers) {
        return Settings.load(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "topics.prefix",
                        PREFIX,
                        "state.dir",
                        directory.resolve("state").toString(),
                        "bridge.spool.dir",
                        directory.resolve("spool").toString(),
                        "bridge.accounts",
                        SENT.get(0).account(),
                        "bridge.port",
                        "0",
                        "http.port",
                        "0"),
                Map.of(),
                Optional.empty());
    }

    private static int post(BridgeRole bridge, Notification notification) throws Exception {
        URI address = URI.create(bridge.webhooks() + "/webhooks/" + notification.account());
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(notification.bytes()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
