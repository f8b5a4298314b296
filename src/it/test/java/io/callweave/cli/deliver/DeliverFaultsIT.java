package io.callweave.cli.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.deliver.post.Receiver;
import io.callweave.deliver.post.Receiver.Manner;
import io.callweave.deliver.post.Receiver.Post;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints that fail in every way, and a deliverer that is killed: every last revision arrives, and none is overtaken. */
@Tag("full")
class DeliverFaultsIT {

    private static final int CALLS = 60;
    private static final int REVISIONS = 2;
    private static final int KILLS = 2;
    private static final NumberedCalls NUMBERED = new NumberedCalls("t.", CALLS);

    private static final Manner[] IN_TURN = {
        Manner.OK,
        Manner.ERROR,
        Manner.OK,
        Manner.SLOW,
        Manner.OK,
        Manner.NEVER,
        Manner.OK,
        Manner.TOO_MANY,
        Manner.OK,
        Manner.REDIRECT,
        Manner.OK,
        Manner.CUT,
        Manner.OK
    };

    private static final String SECRET = SecretSource.generate();

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

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
    void shouldDeliverEveryLastRevisionInOrderWhateverFails() throws IOException {
        try (Receiver receiver = new Receiver(SECRET);
                Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            NUMBERED.subscribe(producer, Subscriptions.to("healthy", receiver.endpoint("healthy", Manner.OK)));
            NUMBERED.subscribe(producer, Subscriptions.to("moody", receiver.endpoint("moody", IN_TURN)));
            NUMBERED.subscribe(producer, Subscriptions.to("dead", receiver.endpoint("dead", Manner.NEVER)));
            NUMBERED.subscribe(producer, Subscriptions.to("gone", receiver.endpoint("gone", Manner.GONE)));

            for (int revision = 1; revision <= REVISIONS; revision++) {
                int heard = receiver.posts("moody").size();
                try (DeliverProcess deliverer = deliver()) {
                    NUMBERED.emit(producer, revision);
                    await("posts before kill " + revision)
                            .until(() -> receiver.posts("moody").size() >= heard + CALLS / KILLS);
                    assertThat(deliverer.isAlive()).isTrue();
                }
            }
            try (DeliverProcess deliverer = deliver()) {
                for (String endpoint : List.of("healthy", "moody")) {
                    await(endpoint)
                            .untilAsserted(() -> assertThat(NumberedCalls.accepted(receiver.posts(endpoint)))
                                    .isEqualTo(NUMBERED.allAt(REVISIONS)));
                }
                assertThat(deliverer.isAlive()).isTrue();
            }

            for (String endpoint : List.of("healthy", "moody", "gone")) {
                assertThat(receiver.posts(endpoint)).isNotEmpty().allMatch(Post::verified);
                assertThat(NumberedCalls.overtaken(receiver.posts(endpoint)))
                        .as(endpoint)
                        .isEmpty();
            }
            assertThat(receiver.posts("healthy"))
                    .allSatisfy(post -> assertThat(post.id())
                            .isEqualTo("call_1_" + NumberedCalls.callId(post) + "_7_" + NumberedCalls.revision(post)));
        }
    }

    private static DeliverProcess deliver() throws IOException {
        return DeliverProcess.start(
                folder.resolve("log"),
                SECRET,
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topics-prefix=t.",
                "--state-dir=" + folder.resolve("state"),
                "--http-port=0",
                "--deliver-allowed-networks=127.0.0.1",
                "--deliver-timeout=1s",
                "--deliver-retry-delays="
                        + String.join(
                                ",",
                                IntStream.range(0, 20).mapToObj(i -> "100ms").toList()));
    }
}
