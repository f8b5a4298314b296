package io.callweave.deliver.post;

import io.callweave.deliver.EndpointPace;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Outcome;
import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.subscription.SecretException;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.directory.DirectoryLookup;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts the deliveries of the queues of this instance, with a lane for each endpoint. Thread-safe. */
public final class Lanes implements Posts {

    private static final Logger LOG = LoggerFactory.getLogger(Lanes.class);

    private final EndpointClient client;
    private final Signer signer;
    private final PostLimits limits;
    private final WebhookBodies bodies;
    private final InstantSource clock;
    private final DeliverActivity activity;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param names of extensions, as they are now */
    public Lanes(
            EndpointClient client,
            SecretSource secrets,
            PostLimits limits,
            DirectoryLookup names,
            InstantSource clock,
            DeliverActivity activity) {
        this.client = client;
        this.signer = new Signer(secrets);
        this.limits = limits;
        bodies = new WebhookBodies(names, clock);
        this.clock = clock;
        this.activity = activity;
    }

    @Override
    public void add(Ticket ticket) {
        String id = ticket.subscription().id();
        if (client.memory().keep(ticket.subscription().account(), ticket.bytes())) {
            hold(ticket);
        } else {
            ticket.leaveValue();
        }
        lanes.computeIfAbsent(id, key -> new Lane(limits.concurrency())).add(ticket);
        run(id);
    }

    private void hold(Ticket ticket) {
        ticket.hold(() -> client.memory().drop(ticket.subscription().account(), ticket.bytes()));
    }

    @Override
    public void run() {
        lanes.keySet().forEach(this::run);
    }

    /** Starts no further posts; those that run continue. */
    public void stop() {
        stopped = true;
    }

    /** Forgets the endpoints of deleted subscriptions. */
    public void retain(Predicate<String> known) {
        lanes.entrySet()
                .removeIf(lane -> !known.test(lane.getKey()) && lane.getValue().running() == 0);
    }

    @Override
    public boolean isOpen(String subscription) {
        return pace(subscription).notBefore() <= clock.millis();
    }

    @Override
    public long lastSuccess(String subscription) {
        Lane lane = lanes.get(subscription);
        return lane == null ? 0 : lane.lastSuccess();
    }

    /** How fast an endpoint is posted to. */
    public EndpointPace pace(String subscription) {
        Lane lane = lanes.get(subscription);
        return lane == null ? EndpointPace.unknown(limits.concurrency()) : lane.pace();
    }

    /** How many posts run. */
    public int running(String subscription) {
        Lane lane = lanes.get(subscription);
        return lane == null ? 0 : lane.running();
    }

    private void run(String id) {
        Lane lane = lanes.get(id);
        if (lane != null && !stopped) {
            lane.start(clock.millis()).forEach(ticket -> begin(lane, ticket));
        }
    }

    private void begin(Lane lane, Ticket ticket) {
        String account = ticket.subscription().account();
        Runnable post = () -> client.execute(account, () -> post(lane, ticket));
        if (ticket.hasValue()) {
            post.run();
            return;
        }
        client.memory().await(account, ticket.bytes(), () -> {
            hold(ticket);
            ticket.ask(post);
        });
    }

    private void post(Lane lane, Ticket ticket) {
        WebhookSubscription subscription = ticket.subscription();
        QueuedWebhook delivery = ticket.take();
        if (delivery == null) {
            lane.left(ticket);
            run(subscription.id());
            return;
        }
        long started = clock.millis();
        Occurrence occurrence = delivery.occurrence();
        try {
            List<ByteBuffer> body = bodies.of(occurrence, subscription.selected());
            Map<String, String> headers = Map.of(
                    "webhook-id", occurrence.id(),
                    "webhook-timestamp", Long.toString(started / 1_000),
                    "webhook-signature", signer.sign(subscription, occurrence.id(), started, body));
            client.post(
                    subscription.account(),
                    subscription.url(),
                    headers,
                    body,
                    outcome -> ended(lane, ticket, started, outcome));
        } catch (SecretException e) {
            ended(lane, ticket, started, Outcome.failed(String.valueOf(e.getMessage()), Duration.ZERO));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("A webhook cannot be made.");
            ended(lane, ticket, started, Outcome.failed("the webhook cannot be made", Duration.ZERO));
        } finally {
            ticket.drop();
        }
    }

    private void ended(Lane lane, Ticket ticket, long started, Outcome outcome) {
        lane.ended(ticket, outcome, started, clock.millis());
        ticket.end(outcome);
        activity.ended(ticket.subscription(), outcome);
        run(ticket.subscription().id());
    }
}
