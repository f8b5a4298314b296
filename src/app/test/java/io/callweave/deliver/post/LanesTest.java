package io.callweave.deliver.post;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Outcome;
import io.callweave.deliver.Version;
import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.address.AddressGuard;
import io.callweave.deliver.post.Receiver.Manner;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.directory.DirectoryLookup;
import io.callweave.settings.value.Network;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final int ENDPOINTS = 40;
    private static final int MIB = 1 << 20;

    private final String secret = SecretSource.generate();
    private final Queue<Ticket> asked = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();
    private Receiver receiver;
    private EndpointClient client;
    private Lanes lanes;
    private volatile boolean brings;

    @BeforeEach
    void start() throws IOException {
        receiver = new Receiver(secret);
        PostLimits limits = new PostLimits(8, Duration.ofMinutes(3), Duration.ofSeconds(30));
        client = new EndpointClient(
                limits, new AddressGuard(List.of(Network.parse("127.0.0.1").orElseThrow())));
        lanes = new Lanes(
                client,
                new SecretSource(SecretKeys.none(), Map.of("WEBHOOK_SECRET_TEST", secret), Optional.empty()),
                limits,
                DirectoryLookup.EMPTY,
                InstantSource.system(),
                new DeliverActivity(new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        client.close();
        receiver.close();
    }

    /** A hundred endpoints, each with a call of megabytes, would fill the memory. */
    @Test
    void shouldHoldFewOfTheValuesThatWait() {
        String url = receiver.endpoint("never", Manner.NEVER);
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < ENDPOINTS; i++) {
            tickets.add(ticket(i, url, "1"));
        }

        tickets.forEach(lanes::add);

        assertThat(tickets.stream().filter(Ticket::hasValue)).hasSizeLessThanOrEqualTo(4);
        assertThat(asked).as("16 MiB").hasSizeBetween(1, 17);
    }

    @Test
    void shouldPostAllThatWaitWithoutTheirValues() throws InterruptedException {
        String url = receiver.endpoint("good", Manner.OK);
        brings = true;
        for (int i = 0; i < ENDPOINTS; i++) {
            lanes.add(ticket(i, url, "1"));
        }

        for (int i = 0; i < ENDPOINTS; i++) {
            assertThat(outcomes.poll(1, TimeUnit.MINUTES)).isNotNull();
        }
        assertThat(receiver.posts("good"))
                .hasSize(ENDPOINTS)
                .allSatisfy(
                        post -> assertThat(post.data().path("name").asText()).hasSize(MIB));
    }

    /** What was taken back gives its place to the next one. */
    @Test
    void shouldPostWhatComesInsteadOfWhatWasTakenBackWhileItWaitedForItsValue() throws InterruptedException {
        String never = receiver.endpoint("never", Manner.NEVER);
        String good = receiver.endpoint("good", Manner.OK);
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < ENDPOINTS; i++) {
            tickets.add(ticket(i, never, "1"));
        }
        tickets.forEach(lanes::add);

        tickets.forEach(Ticket::withdraw);
        brings = true;
        lanes.add(ticket(ENDPOINTS - 1, good, "1"));

        assertThat(outcomes.poll(1, TimeUnit.MINUTES)).extracting(Outcome::kind).isEqualTo(Outcome.Kind.DELIVERED);
    }

    private Ticket ticket(int subscription, String url, String account) {
        String id = "sub-" + subscription;
        return new Ticket(
                Subscriptions.of(id, url, account, Set.of(EventType.PARTY_STATUS), CallFilter.ALL),
                webhook(id, account),
                wanted -> {
                    asked.add(wanted);
                    if (brings) {
                        wanted.bring(webhook(id, account));
                    }
                },
                (ticket, outcome) -> outcomes.add(outcome));
    }

    private static QueuedWebhook webhook(String subscription, String account) {
        byte[] value = ("{\"name\":\"" + "x".repeat(MIB) + "\"}").getBytes(UTF_8);
        return QueuedWebhook.of(
                subscription,
                new Occurrence(
                        EventType.PARTY_STATUS, account, account + "/s-1", new Version(7, 1, 0), "party", 1, value),
                1,
                new QueuedWebhook.Origin("party-events", 1));
    }
}
