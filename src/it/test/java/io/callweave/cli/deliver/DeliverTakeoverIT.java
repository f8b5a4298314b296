package io.callweave.cli.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.RoleProcess;
import io.callweave.deliver.post.Receiver;
import io.callweave.deliver.post.Receiver.Manner;
import io.callweave.deliver.post.Receiver.Post;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the work; one is killed under load, and the other one posts what waits. */
@Tag("full")
class DeliverTakeoverIT {

    private static final NumberedCalls CALLS = new NumberedCalls("t.", 150);
    private static final String SECRET = SecretSource.generate();
    private static final String TOKEN = "t".repeat(32);
    private static final Pattern STATUS = Pattern.compile("health and metrics: (http://127\\.0\\.0\\.1:\\d+)");
    private static final Pattern API = Pattern.compile("HTTP API for subscriptions.*?(http://127\\.0\\.0\\.1:\\d+)");

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
        try (Admin admin = Brokers.admin(kafka)) {
            Topics.create(admin, TopicPlan.withPrefix("t."), 4, (short) 1);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldPostWhatAKilledInstanceLeaves() throws Exception {
        try (Receiver receiver = new Receiver(SECRET);
                Producer<String, byte[]> producer = Brokers.producer(kafka);
                RoleProcess killed = deliver("a");
                RoleProcess other = deliver("b")) {
            for (String each : List.of("a", "b")) {
                await(each).until(() -> isReady(each));
            }
            subscribeOverHttp(receiver.endpoint("slow", Manner.SLOW));
            // What happens before an instance knows that the endpoint has passed its test is not for it.
            for (String each : List.of("a", "b")) {
                await("verified in " + each)
                        .until(() -> own(each).path("state").asText().equals("active"));
            }
            // The status names the instances that have work.
            await("shared work")
                    .until(() ->
                            status("a", "/deliver/status").path("instances").size() == 2);

            CALLS.emit(producer, 1);
            // Both have work. What each has posted is in the figures of its own.
            for (String each : List.of("a", "b")) {
                await("posts of " + each).until(() -> delivered(own(each)) > 0);
            }
            long byOther = delivered(own("a"));
            assertThat(delivered(
                            status("b", "/deliver/status").path("endpoints").path(0)))
                    .isGreaterThan(byOther);
            killed.kill();
            CALLS.emit(producer, 2);

            await("all at the last revision")
                    .untilAsserted(() ->
                            assertThat(NumberedCalls.accepted(calls(receiver))).isEqualTo(CALLS.allAt(2)));
            assertThat(NumberedCalls.overtaken(calls(receiver))).isEmpty();
            assertThat(receiver.posts("slow")).allMatch(Post::verified);
            assertThat(other.isAlive()).isTrue();
        }
    }

    private static List<Post> calls(Receiver receiver) {
        return receiver.posts("slow").stream()
                .filter(post -> !post.type().equals("callweave.test"))
                .toList();
    }

    private static RoleProcess deliver(String name) throws IOException {
        return RoleProcess.start(
                "deliver",
                log(name),
                Map.of("WEBHOOK_SECRET_TEST", SECRET),
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topics-prefix=t.",
                "--state-dir=" + folder.resolve(name),
                "--http-port=0",
                "--set",
                "deliver.api-port=0",
                "--set",
                "deliver.api-tokens=" + TOKEN + "=*",
                "--deliver-allowed-networks=127.0.0.1",
                "--set",
                "streams.session.timeout.ms=6000",
                "--set",
                "streams.heartbeat.interval.ms=1000");
    }

    private void subscribeOverHttp(String endpoint) throws Exception {
        String draft = "{\"url\":\"" + endpoint + "\",\"account\":\"*\",\"secret\":\"env:WEBHOOK_SECRET_TEST\"}";
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(address("a", API) + "/v1/subscriptions"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofString(draft))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private boolean isReady(String name) throws Exception {
        return STATUS.matcher(Files.exists(log(name)) ? Files.readString(log(name)) : "")
                        .find()
                && get(name, "/health/ready").statusCode() == 200;
    }

    private static long delivered(JsonNode endpoint) {
        return endpoint.path("delivered").asLong();
    }

    /** The only endpoint, as this instance knows it. */
    private JsonNode own(String name) throws Exception {
        return status(name, "/deliver/status/own").path(0);
    }

    private JsonNode status(String name, String path) throws Exception {
        return new ObjectMapper().readTree(get(name, path).body());
    }

    private HttpResponse<String> get(String name, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address(name, STATUS) + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String address(String name, Pattern pattern) throws IOException {
        Matcher found = pattern.matcher(Files.readString(log(name)));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private static Path log(String name) {
        return folder.resolve(name + ".log");
    }
}
