package io.callweave.platform.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.pubnub.Channels;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.subscription.DeliveryMode;
import io.callweave.platform.subscription.EventFilter;
import io.callweave.platform.subscription.PlatformSubscription;
import io.callweave.platform.subscription.SubscriptionRegistry;
import io.callweave.simulation.platform.WireJson;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Sends each notification to all subscriptions that ask for it. */
public final class NotificationFeed {

    private final SubscriptionRegistry subscriptions;
    private final WebhookSender webhooks;
    private final Channels channels;
    private final FeedFaults faults;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Duration blacklistAfter;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final List<Runnable> held = new ArrayList<>();
    private int reverseNext;

    /** @param blacklistAfter how long a webhook may fail without any success */
    public NotificationFeed(
            SubscriptionRegistry subscriptions,
            WebhookSender webhooks,
            Channels channels,
            FeedFaults faults,
            ScheduledExecutorService timer,
            Clock clock,
            Duration blacklistAfter) {
        this.subscriptions = subscriptions;
        this.webhooks = webhooks;
        this.channels = channels;
        this.faults = faults;
        this.timer = timer;
        this.clock = clock;
        this.blacklistAfter = blacklistAfter;
    }

    /** How many deliveries were tried. */
    public long sent() {
        return sent.get();
    }

    /** How many of them a webhook answered with 200, or a WebSocket session or PubNub accepted. */
    public long taken() {
        return taken.get();
    }

    /**
     * Sends a notification.
     *
     * @param account whose it is
     * @param envelope without anything around it
     */
    public void publish(String account, JsonNode envelope) {
        JsonNode party = envelope.at("/body/parties/0");
        for (PlatformSubscription subscription : subscriptions.active()) {
            if (subscription.owner().accountId().equals(account)) {
                Optional<EventFilter> filter = subscription.filterFor(party);
                filter.ifPresent(one -> schedule(subscription, personal(envelope.deepCopy(), subscription)));
            }
        }
    }

    /**
     * Sends a change of the company directory.
     *
     * @param account whose it is
     * @param body of the event
     */
    public void publishDirectory(String account, ObjectNode body) {
        for (PlatformSubscription subscription : subscriptions.active()) {
            if (subscription.owner().accountId().equals(account)) {
                subscription.directoryFilter().ifPresent(filter -> {
                    ObjectNode envelope = addressed(PlatformRequest.object().put("event", filter.uri()), subscription);
                    envelope.set("body", body.deepCopy());
                    schedule(subscription, envelope);
                });
            }
        }
    }

    /**
     * Sends a notification that is none of calls.
     *
     * @param account whose it is
     */
    public void publishOther(String account, JsonNode envelope) {
        String event = envelope.path("event").asText();
        for (PlatformSubscription subscription : subscriptions.active()) {
            if (subscription.owner().accountId().equals(account) && subscription.asksFor(event)) {
                schedule(subscription, addressed(envelope.deepCopy(), subscription));
            }
        }
    }

    /** Sends the reminders that are due. */
    public void remind() {
        subscriptions
                .active()
                .forEach(one -> one.reminderDue(clock.instant()).ifPresent(reminder -> deliver(one, reminder)));
    }

    /** This many of the next deliveries go out in reverse order, after the last of them. */
    public synchronized void reverseNext(int count) {
        reverseNext = count;
    }

    /** Each subscription has its own id in the envelope, and a uuid of its own (INFER). */
    private ObjectNode personal(ObjectNode envelope, PlatformSubscription subscription) {
        addressed(envelope, subscription);
        if (!subscription.asksForSipData()) {
            ((ObjectNode) envelope.at("/body/parties/0")).remove("sipData");
        }
        return envelope;
    }

    private ObjectNode addressed(ObjectNode envelope, PlatformSubscription subscription) {
        return envelope.put("uuid", uuid())
                .put("timestamp", WireJson.time(clock.instant()))
                .put("subscriptionId", subscription.id())
                .put("ownerId", subscription.owner().extensionId());
    }

    /** Nineteen digits, as in all samples. */
    private static String uuid() {
        return Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 3 | 1L << 60);
    }

    private void schedule(PlatformSubscription subscription, ObjectNode envelope) {
        for (Duration delay : faults.arrivals()) {
            Runnable delivery = () -> deliver(subscription, envelope);
            if (delay.isZero()) {
                inOrder(delivery);
            } else {
                var unused = timer.schedule(delivery, delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private void inOrder(Runnable delivery) {
        List<Runnable> now;
        synchronized (this) {
            if (reverseNext == 0) {
                now = List.of(delivery);
            } else {
                held.add(delivery);
                reverseNext--;
                if (reverseNext > 0) {
                    return;
                }
                now = new ArrayList<>(held);
                held.clear();
                Collections.reverse(now);
            }
        }
        now.forEach(Runnable::run);
    }

    private void deliver(PlatformSubscription subscription, ObjectNode envelope) {
        if (subscription.isBlacklisted()) {
            return;
        }
        sent.incrementAndGet();
        if (subscription.mode() instanceof DeliveryMode.Socket socket) {
            socket.channel().push(envelope);
            taken.incrementAndGet();
        } else if (subscription.mode() instanceof DeliveryMode.PubNub channel) {
            channels.publish(channel, envelope);
            taken.incrementAndGet();
        } else if (subscription.mode() instanceof DeliveryMode.Webhook webhook) {
            var unused = webhooks.post(webhook, envelope).thenAccept(reason -> {
                if (reason == null) {
                    taken.incrementAndGet();
                    subscription.delivered();
                } else {
                    subscription.failed(reason, clock.instant(), blacklistAfter);
                }
            });
        }
    }
}
