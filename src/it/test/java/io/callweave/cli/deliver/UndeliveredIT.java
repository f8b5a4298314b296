package io.callweave.cli.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.RoleProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.deliver.post.Receiver;
import io.callweave.deliver.post.Receiver.Manner;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.deliver.subscription.WebhookSubscription;
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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an endpoint refuses to the end leaves the queue when the broker has it, and is posted again when somebody asks for it. */
class UndeliveredIT {

    private static final NumberedCalls CALL = new NumberedCalls("t.", 1);
    private static final NumberedCalls CALLS = new NumberedCalls("t.", 5);
    private static final String SECRET = SecretSource.generate();
    private static final Pattern STATUS = Pattern.compile("health and metrics: (http://127\\.0\\.0\\.1:\\d+)");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void shouldKeepWhatIsRefusedAndPostItAgain() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
                Admin admin = Brokers.admin(kafka);
                Producer<String, byte[]> producer = Brokers.producer(kafka);
                Receiver refuses = new Receiver(SECRET);
                Receiver accepts = new Receiver(SECRET)) {
            Topics.create(admin, TopicPlan.withPrefix("t."), 1, (short) 1);
            CALL.subscribe(producer, Subscriptions.to("sub-1", refuses.endpoint("refuses", Manner.ERROR)));
            try (RoleProcess deliverer = deliverer(kafka)) {
                CALL.emit(producer, 1);
                await("the second attempt").until(() -> waiting() == 1);
                await("the dead letter").until(() -> waiting() == 0);
                WebhookSubscription other = Subscriptions.to("sub-1", accepts.endpoint("accepts", Manner.OK));
                CALL.subscribe(producer, other);
                await("the other address")
                        .until(() -> endpoint().path("endpoint").asText().equals(other.host()));

                // A subscription that cannot be read does not keep the commands from the others.
                producer.send(new ProducerRecord<>(
                                "t.deliver-subscriptions", "sub-0", "{}".getBytes(StandardCharsets.UTF_8)))
                        .get();

                int status = Callweave.commandLine()
                        .execute(
                                "deliver",
                                "retry",
                                "--call=s-0",
                                "--bootstrap-servers=" + kafka.bootstrapServers(),
                                "--topics-prefix=t.");

                assertThat(status).isEqualTo(ExitStatus.DONE);
                await("the post").until(() -> !accepts.posts("accepts").isEmpty());
                assertThat(accepts.posts("accepts"))
                        .extracting(Receiver.Post::id)
                        .containsExactly(refuses.posts("refuses").get(0).id());
                assertThat(accepts.posts("accepts")).allMatch(Receiver.Post::verified);
                assertThat(refuses.posts("refuses")).hasSize(2);
                assertThat(deliverer.isAlive()).isTrue();
            }
        }
    }

    /** What a user's table misses, also if it was delivered. */
    @Test
    void shouldPostTheNewestRecordsOfTheCallsWhoseKeysAreInAFile() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
                Admin admin = Brokers.admin(kafka);
                Producer<String, byte[]> producer = Brokers.producer(kafka);
                Receiver crm = new Receiver(SECRET)) {
            Topics.create(admin, TopicPlan.withPrefix("t."), 1, (short) 1);
            CALLS.subscribe(producer, Subscriptions.to("sub-1", crm.endpoint("crm", Manner.OK)));
            try (RoleProcess deliverer = deliverer(kafka)) {
                CALLS.emit(producer, 1);
                CALLS.emit(producer, 2);
                await("all calls")
                        .until(() -> NumberedCalls.accepted(crm.posts("crm")).equals(CALLS.allAt(2)));
                await("no more").until(() -> waiting() == 0);
                int before = crm.posts("crm").size();
                Path keys = Files.writeString(folder.resolve("keys"), "1/s-1\n1/s-3\n1/s-unknown\n");

                int status = Callweave.commandLine()
                        .execute(
                                "deliver",
                                "retry",
                                "--keys=" + keys,
                                "--bootstrap-servers=" + kafka.bootstrapServers(),
                                "--topics-prefix=t.");

                assertThat(status).isEqualTo(ExitStatus.DONE);
                await("both").until(() -> crm.posts("crm").size() >= before + 2 && waiting() == 0);
                assertThat(NumberedCalls.accepted(crm.posts("crm")
                                .subList(before, crm.posts("crm").size())))
                        .isEqualTo(Map.of("s-1", 2, "s-3", 2));
                assertThat(crm.posts("crm")).hasSize(before + 2);
                assertThat(deliverer.isAlive()).isTrue();
            }
        }
    }

    private RoleProcess deliverer(EmbeddedKafka kafka) throws IOException {
        return RoleProcess.start(
                "deliver",
                folder.resolve("log"),
                Map.of("WEBHOOK_SECRET_TEST", SECRET),
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topics-prefix=t.",
                "--state-dir=" + folder.resolve("state"),
                "--http-port=0",
                // Long enough to be seen.
                "--deliver-retry-delays=2s",
                "--deliver-allowed-networks=127.0.0.1");
    }

    private long waiting() throws Exception {
        return endpoint().path("waiting").asLong(-1);
    }

    /** The only one; nothing before the deliverer has started. */
    private JsonNode endpoint() throws Exception {
        Matcher address = STATUS.matcher(Files.readString(folder.resolve("log")));
        if (!address.find()) {
            return new ObjectMapper().createObjectNode();
        }
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(address.group(1) + "/deliver/status/own"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body()).path(0);
    }
}
