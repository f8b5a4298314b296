package io.callweave.platform.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.simulation.platform.WireJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A subscription, from its creation to its end. */
public final class PlatformSubscription {

    private final String id = UUID.randomUUID().toString();
    private final Caller owner;
    private final DeliveryMode mode;
    private final Instant created;

    private List<EventFilter> filters;
    private Duration life;
    private Instant expires;
    private @Nullable Instant failingSince;
    private @Nullable Instant blacklistedAt;
    private String blacklistReason = "";
    private @Nullable Instant reminded;

    PlatformSubscription(Caller owner, DeliveryMode mode, List<EventFilter> filters, Instant created, Duration life) {
        this.owner = owner;
        this.mode = mode;
        this.filters = filters;
        this.created = created;
        this.life = life;
        this.expires = created.plus(life);
    }

    public String id() {
        return id;
    }

    public Caller owner() {
        return owner;
    }

    public DeliveryMode mode() {
        return mode;
    }

    synchronized void filters(List<EventFilter> newFilters) {
        filters = newFilters;
    }

    /** Lives this long from now on. */
    synchronized void renew(Instant now, Duration newLife) {
        life = newLife;
        expires = now.plus(newLife);
        reminded = null;
    }

    synchronized void expire(Instant now) {
        expires = now;
    }

    synchronized boolean isOver(Instant now) {
        return !expires.isAfter(now);
    }

    synchronized Duration life() {
        return life;
    }

    /** The filter that asks for a party in this state; the first one if several do, since an event is sent once. */
    public synchronized Optional<EventFilter> filterFor(JsonNode party) {
        return blacklistedAt == null
                ? filters.stream().filter(filter -> filter.matches(party)).findFirst()
                : Optional.empty();
    }

    /** The filter that asks for changes of the company directory. */
    public synchronized Optional<EventFilter> directoryFilter() {
        return blacklistedAt == null
                ? filters.stream().filter(EventFilter::isOfDirectory).findFirst()
                : Optional.empty();
    }

    /** Whether a filter asks for this event, which is none of calls. */
    public synchronized boolean asksFor(String event) {
        return blacklistedAt == null && filters.stream().anyMatch(filter -> filter.isOf(event));
    }

    /** Whether any filter asks for SIP data. */
    public synchronized boolean asksForSipData() {
        return filters.stream().anyMatch(EventFilter::asksForSipData);
    }

    public synchronized boolean isBlacklisted() {
        return blacklistedAt != null;
    }

    /** The receiver took a notification. */
    public synchronized void delivered() {
        failingSince = null;
    }

    /** The receiver did not take a notification; after a while without any success the subscription is blacklisted. */
    public synchronized void failed(String reason, Instant now, Duration patience) {
        failingSince = failingSince == null ? now : failingSince;
        if (!failingSince.plus(patience).isAfter(now)) {
            blacklist(reason, now);
        }
    }

    public synchronized void blacklist(String reason, Instant now) {
        if (blacklistedAt == null) {
            blacklistedAt = now;
            blacklistReason = reason;
        }
    }

    /** The reminder that is due now, once. */
    public synchronized Optional<ObjectNode> reminderDue(Instant now) {
        if (blacklistedAt != null) {
            return Optional.empty();
        }
        for (EventFilter filter : filters) {
            Reminder reminder = Reminder.of(filter).orElse(null);
            if (reminder != null
                    && !expires.minus(reminder.threshold()).isAfter(now)
                    && (reminded == null || !reminded.plus(reminder.interval()).isAfter(now))) {
                reminded = now;
                return Optional.of(reminderBody(reminder, now));
            }
        }
        return Optional.empty();
    }

    private ObjectNode reminderBody(Reminder reminder, Instant now) {
        ObjectNode envelope = PlatformRequest.object()
                .put("uuid", UUID.randomUUID().toString())
                .put("event", reminder.uri())
                .put("timestamp", WireJson.time(now))
                .put("subscriptionId", id)
                .put("ownerId", owner.extensionId());
        envelope.putObject("body").put("expiresIn", secondsLeft(now));
        return envelope;
    }

    private long secondsLeft(Instant now) {
        return Math.max(0, Duration.between(now, expires).toSeconds());
    }

    /** As RingCentral's replies show it. */
    public synchronized ObjectNode json(String base, Instant now) {
        ObjectNode json = PlatformRequest.object()
                .put("uri", base + SubscriptionEndpoints.PATH + "/" + id)
                .put("id", id)
                .put("creationTime", WireJson.time(created))
                .put("status", blacklistedAt == null ? "Active" : "Blacklisted");
        ArrayNode uris = json.putArray("eventFilters");
        filters.forEach(filter -> uris.add(filter.uri()));
        json.put("expirationTime", WireJson.time(expires)).put("expiresIn", secondsLeft(now));
        json.set("deliveryMode", mode.json());
        if (blacklistedAt != null) {
            json.putObject("blacklistedData")
                    .put("reason", blacklistReason)
                    .put("blacklistedAt", WireJson.time(blacklistedAt));
        }
        return json;
    }
}
