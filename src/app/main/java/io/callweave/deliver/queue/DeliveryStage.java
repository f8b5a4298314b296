package io.callweave.deliver.queue;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.deliver.DeliveryReason;
import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Outcome;
import io.callweave.deliver.post.Posts;
import io.callweave.deliver.post.QueuedWebhook;
import io.callweave.deliver.post.Ticket;
import io.callweave.deliver.subscription.FilteredCall;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue of one task: takes occurrences, hands over what is due, and learns how each post ended. All but the end of a post is
 * called by one thread; the ends wait until that thread asks for them.
 */
final class DeliveryStage {

    /** Keeps one round short. */
    private static final int MOST_GIVEN_UP = 200;

    /** Of one endpoint that are read to be posted, and of an account that are given up and not safe yet: one can be of megabytes. */
    private static final long MOST_BYTES = 1 << 20;

    /** To look for what is too old is a scan of the store for each subscription: beside large values it takes milliseconds. */
    private static final Duration EXPIRE_EVERY = Duration.ofMinutes(1);

    /** So many texts of filters take as long as a webhook. */
    private static final int LOOKS_OF_ONE = 500;

    /** A request can be read before the subscription that it is for: they come from different topics. */
    private static final Duration UNKNOWN_AT_MOST = Duration.ofMinutes(1);

    private final DeliveryQueue queue;
    private final Failing failing;
    private final Supplier<Map<String, WebhookSubscription>> subscriptions;
    private final Predicate<QueuedWebhook> isCommitted;
    private final LongSupplier commits;
    private final Posts posts;
    private final Outputs outputs;
    private final DeliverRules rules;
    private final InstantSource clock;
    private final Map<String, Map<String, Ticket>> given = new HashMap<>();
    /** Subscriptions that are being deleted, because their endpoints answered 410. */
    private final Set<String> gone = new HashSet<>();

    /** Subscriptions with deliveries that wait for a commit, and when the first of these is due. */
    private final Map<String, Long> uncommitted = new HashMap<>();

    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

    /** It is their turn, and they wait without their values. */
    private final Queue<Ticket> wanted = new ConcurrentLinkedQueue<>();

    /** Whether a value must not be posted; a hundred subscriptions can have the same one. */
    private final Map<byte[], Boolean> excluded = new WeakHashMap<>();

    private final GivenUp givenUp = new GivenUp();

    /** Bytes of dead letters that are not on the broker yet, by account. */
    private final Map<String, Long> leaving = new ConcurrentHashMap<>();

    /** Subscriptions that are not known, and until when one can still come for what waits. */
    private final Map<String, Long> unknown = new HashMap<>();

    /** When to look for what is too old, by subscription. */
    private final Map<String, Long> nextLook = new HashMap<>();

    private Map<String, WebhookSubscription> seen = Map.of();
    private long seenCommits;

    private record Ended(Ticket ticket, Outcome outcome) {}

    DeliveryStage(
            DeliveryQueue queue,
            Failing failing,
            Supplier<Map<String, WebhookSubscription>> subscriptions,
            Predicate<QueuedWebhook> isCommitted,
            LongSupplier commits,
            Posts posts,
            Outputs outputs,
            DeliverRules rules,
            InstantSource clock) {
        this.queue = queue;
        this.failing = failing;
        this.subscriptions = subscriptions;
        this.isCommitted = isCommitted;
        this.commits = commits;
        this.posts = posts;
        this.outputs = outputs;
        this.rules = rules;
        this.clock = clock;
    }

    /** The subscriptions that want to know of something of this type and age in an account. Of old things, records alone matter. */
    Collection<WebhookSubscription> interested(String account, long time, Collection<EventType> types) {
        if (isTooOld(time) && types.stream().noneMatch(EventType.RECORDS::contains)) {
            return List.of();
        }
        return SubscriptionTable.concerned(subscriptions.get().values(), account).stream()
                .filter(each -> each.created() <= time && types.stream().anyMatch(each.events()::contains))
                .toList();
    }

    /**
     * Something happened.
     *
     * @param after the subscription to go on behind, in the order of their ids; "" to begin
     * @param most webhooks to make
     */
    RecordIntake.Made take(Occurrence occurrence, JsonNode value, QueuedWebhook.Origin origin, String after, int most) {
        FilteredCall texts = new FilteredCall(value);
        int made = 0;
        String last = after;
        List<WebhookSubscription> all =
                interested(occurrence.account(), occurrence.time(), Set.of(occurrence.type())).stream()
                        .filter(each -> each.id().compareTo(after) > 0)
                        .sorted(Comparator.comparing(WebhookSubscription::id))
                        .toList();
        for (WebhookSubscription each : all) {
            if (!each.filter().matches(occurrence.type(), texts)) {
                continue;
            }
            if (made == most) {
                return new RecordIntake.Made(made, looks(texts), last);
            }
            made++;
            last = each.id();
            // What is too old is given up from the queue, which keeps it until its dead letter is safe.
            enqueue(
                    isTooOld(occurrence.time())
                            ? QueuedWebhook.of(each.id(), occurrence, occurrence.time(), origin)
                            : QueuedWebhook.of(each.id(), occurrence, clock.millis(), origin)
                                    .waitingUntil(each.waitFor().until(occurrence.type(), value, clock.millis())));
        }
        return new RecordIntake.Made(made, looks(texts), null);
    }

    private static int looks(FilteredCall texts) {
        return (int) (texts.looks() / LOOKS_OF_ONE);
    }

    private boolean isTooOld(long time) {
        return rules.schedule().isExpired(time, clock.millis());
    }

    /** Somebody asked for it. */
    void enqueue(String subscription, Occurrence occurrence, QueuedWebhook.Origin origin) {
        enqueue(QueuedWebhook.of(subscription, occurrence, clock.millis(), origin));
    }

    /** A newer occurrence replaces the one that waits; the same or an older one changes nothing. */
    private void enqueue(QueuedWebhook added) {
        String subscription = added.subscription();
        Occurrence occurrence = added.occurrence();
        QueuedWebhook waiting = queue.get(subscription, occurrence.slot());
        if (waiting != null
                && !givenUp.contains(subscription, occurrence.slot())
                && waiting.occurrence().version().compareTo(occurrence.version()) >= 0) {
            // If it is read again after a crash, only a part of the queue may have been safe, or the changelog may lack
            // it.
            QueuedWebhook whole = queue.whole(waiting);
            if (whole != null) {
                queue.put(whole);
            }
            if (whole != null || !waiting.isSame(added)) {
                return;
            }
        }
        givenUp.remove(subscription, occurrence.slot());
        Ticket ticket = tickets(subscription).get(occurrence.slot());
        if (ticket != null && ticket.withdraw()) {
            tickets(subscription).remove(occurrence.slot());
        }
        queue.put(waiting == null ? added : added.insteadOf(waiting), waiting);
    }

    /** Processes the posts that ended, and hands over what is due. */
    void work() {
        for (Ended next = ended.poll(); next != null; next = ended.poll()) {
            heed(next.ticket, next.outcome);
        }
        for (Ticket next = wanted.poll(); next != null; next = wanted.poll()) {
            bring(next);
        }
        for (QueuedWebhook next = givenUp.nextKept(); next != null; next = givenUp.nextKept()) {
            leave(next);
        }
        long known = commits.getAsLong();
        if (known != seenCommits) {
            seenCommits = known;
            uncommitted.forEach(queue::rescan);
            uncommitted.clear();
        }
        Map<String, WebhookSubscription> now = subscriptions.get();
        if (now != seen) {
            seen = now;
            takeBack(now);
            forgetDeleted(now.keySet());
        }
        for (String id : queue.subscriptions()) {
            WebhookSubscription subscription = now.get(id);
            if (subscription == null) {
                giveUpDeleted(id);
            } else if (!gone.contains(id) && subscription.state().isPosted()) {
                give(subscription);
            }
        }
        posts.run();
    }

    /** What still waits for its turn is posted as the subscription says now: to another state, with other secrets. */
    private void takeBack(Map<String, WebhookSubscription> now) {
        given.forEach((id, tickets) -> {
            WebhookSubscription current = now.get(id);
            if (tickets.values().removeIf(ticket -> !ticket.subscription().equals(current) && ticket.withdraw())) {
                queue.rescan(id);
            }
        });
    }

    /** Who may create and delete subscriptions could else fill the memory. */
    private void forgetDeleted(Set<String> known) {
        given.entrySet().removeIf(each -> each.getValue().isEmpty() && !known.contains(each.getKey()));
        gone.retainAll(known);
        failing.retain(known);
    }

    private void giveUpDeleted(String id) {
        long now = clock.millis();
        if (unknown.getOrDefault(id, now) > now) {
            return;
        }
        giveUp(id, DeliveryReason.DELETED, delivery -> {
            long until = delivery.accepted() + UNKNOWN_AT_MOST.toMillis();
            unknown.put(id, until);
            return until <= now;
        });
    }

    /** Gives up what is too old, of subscriptions that are not posted to. */
    void expire() {
        long now = clock.millis();
        unknown.values().removeIf(until -> until <= now);
        Set<String> waiting = queue.subscriptions();
        nextLook.keySet().retainAll(waiting);
        for (String id : waiting) {
            if (nextLook.getOrDefault(id, now) <= now) {
                boolean mayBeMore = giveUp(id, DeliveryReason.EXPIRED, this::isExpired);
                nextLook.put(id, mayBeMore ? now : now + EXPIRE_EVERY.toMillis());
            }
        }
    }

    /** One that was never attempted may have waited for a recording, longer than anything is kept. */
    private boolean isExpired(QueuedWebhook delivery) {
        long since = delivery.attempts() == 0 ? Math.max(delivery.accepted(), delivery.due()) : delivery.accepted();
        return rules.schedule().isExpired(since, clock.millis());
    }

    /**
     * From the front, as long as the condition holds.
     *
     * @return whether it held
     */
    private boolean giveUp(String id, DeliveryReason reason, Predicate<QueuedWebhook> condition) {
        int[] left = {MOST_GIVEN_UP};
        // Deleted: also what is due later.
        long until = reason == DeliveryReason.DELETED ? Long.MAX_VALUE - 1 : clock.millis();
        queue.due(id, until, slot -> isAtRest(id, slot), delivery -> {
            if (!condition.test(delivery) || left[0]-- == 0 || isLeavingMuch(delivery)) {
                return false;
            }
            giveUp(delivery, reason);
            return true;
        });
        return left[0] < MOST_GIVEN_UP;
    }

    private void give(WebhookSubscription subscription) {
        Map<String, Ticket> now = tickets(subscription.id());
        // Its lane has enough to do for some time; looking through the queue after each post would take longer than the
        // posts.
        if (now.size() > rules.window() / 2
                || bytes(now) >= MOST_BYTES
                || (!now.isEmpty() && !posts.isOpen(subscription.id()))) {
            return;
        }
        int[] left = {MOST_GIVEN_UP};
        queue.newlyDue(subscription.id(), clock.millis(), slot -> isAtRest(subscription.id(), slot), delivery -> {
            boolean expired = isExpired(delivery);
            if (expired && isLeavingMuch(delivery)) {
                return false;
            }
            boolean isReady = expired || isCommitted.test(delivery);
            QueuedWebhook whole = isReady ? queue.whole(delivery) : null;
            if (!isReady) {
                uncommitted.merge(delivery.subscription(), delivery.due(), Math::min);
            } else if (whole == null) {
                queue.remove(delivery);
            } else if (excluded.computeIfAbsent(whole.occurrence().value(), rules.excluded()::excludes)) {
                // Here, before each attempt: what waited before the rule was set must not be posted either.
                queue.remove(delivery);
                outputs.excluded();
                left[0]--;
            } else if (expired) {
                giveUp(delivery, DeliveryReason.EXPIRED);
                left[0]--;
            } else {
                Ticket ticket = new Ticket(
                        subscription, whole, wanted::add, (each, outcome) -> ended.add(new Ended(each, outcome)));
                now.put(delivery.occurrence().slot(), ticket);
                posts.add(ticket);
            }
            return now.size() < rules.window() && bytes(now) < MOST_BYTES && left[0] > 0;
        });
    }

    private static long bytes(Map<String, Ticket> tickets) {
        return tickets.values().stream().mapToLong(Ticket::bytes).sum();
    }

    private void bring(Ticket ticket) {
        String id = ticket.subscription().id();
        String slot = ticket.delivery().occurrence().slot();
        if (tickets(id).get(slot) != ticket) {
            return;
        }
        QueuedWebhook waiting = queue.get(id, slot);
        QueuedWebhook whole = waiting == null ? null : queue.whole(waiting);
        if (whole != null) {
            ticket.bring(whole);
        } else if (ticket.withdraw()) {
            tickets(id).remove(slot);
            queue.rescan(id);
        }
    }

    private void heed(Ticket ticket, Outcome outcome) {
        WebhookSubscription subscription = ticket.subscription();
        QueuedWebhook posted = ticket.delivery();
        tickets(subscription.id()).remove(posted.occurrence().slot(), ticket);
        QueuedWebhook waiting = queue.get(subscription.id(), posted.occurrence().slot());
        // A newer revision may have come meanwhile.
        @Nullable QueuedWebhook same = waiting != null && waiting.isSame(posted) ? waiting : null;
        if (waiting != null && same == null) {
            queue.rescan(subscription.id(), waiting.due());
        }
        switch (outcome.kind()) {
            case DELIVERED -> delivered(subscription, posted, same);
            case GONE -> {
                if (gone.add(subscription.id())) {
                    outputs.deleted(subscription.id());
                }
                tickets(subscription.id()).values().removeIf(Ticket::withdraw);
                queue.rescan(subscription.id());
                if (same != null) {
                    giveUp(same.again(same.due(), outcome.detail()), DeliveryReason.GONE);
                }
            }
            case FAILED -> failed(subscription, same, outcome);
        }
    }

    private void delivered(WebhookSubscription subscription, QueuedWebhook posted, @Nullable QueuedWebhook same) {
        failing.succeeded(subscription.id());
        if (same != null) {
            queue.remove(same);
        }
        WebhookSubscription now = subscriptions.get().get(subscription.id());
        if (posted.occurrence().type() == EventType.TEST
                && now != null
                && now.state() == SubscriptionState.UNVERIFIED) {
            outputs.changed(now.with(SubscriptionState.ACTIVE, "", clock.millis()));
        }
    }

    private void failed(WebhookSubscription subscription, @Nullable QueuedWebhook same, Outcome outcome) {
        long now = clock.millis();
        if (same != null) {
            QueuedWebhook again = same.again(now, outcome.detail());
            rules.schedule()
                    .next(same.occurrence().id(), again.attempts(), now)
                    .ifPresentOrElse(
                            next -> queue.putAgain(same.again(next, outcome.detail())),
                            () -> giveUp(again, DeliveryReason.ATTEMPTS));
        }
        WebhookSubscription current = subscriptions.get().get(subscription.id());
        if (current != null && current.state() == SubscriptionState.ACTIVE) {
            long since = failing.since(current.id(), Math.max(current.changed(), posts.lastSuccess(current.id())), now);
            if (now - since >= rules.suspendAfter().toMillis()) {
                outputs.changed(current.with(
                        SubscriptionState.SUSPENDED, "No success for too long; last: " + outcome.detail(), now));
            }
        }
    }

    private void giveUp(QueuedWebhook delivery, DeliveryReason reason) {
        QueuedWebhook whole = queue.whole(delivery);
        if (whole == null) {
            queue.remove(delivery);
        } else if (givenUp.add(delivery)) {
            String account = whole.occurrence().account();
            long bytes = whole.occurrence().value().length;
            leaving.merge(account, bytes, Long::sum);
            outputs.undelivered(whole, reason, () -> {
                leaving.computeIfPresent(account, (same, all) -> all > bytes ? all - bytes : null);
                givenUp.kept(delivery);
            });
        }
    }

    private boolean isLeavingMuch(QueuedWebhook delivery) {
        return leaving.getOrDefault(delivery.occurrence().account(), 0L) >= MOST_BYTES;
    }

    /** Its dead letter is safe. */
    private void leave(QueuedWebhook delivery) {
        String id = delivery.subscription();
        String slot = delivery.occurrence().slot();
        if (givenUp.remove(id, slot)) {
            QueuedWebhook stored = queue.get(id, slot);
            if (stored != null && stored.isSame(delivery)) {
                queue.remove(stored);
            } else if (stored != null) {
                queue.rescan(id, stored.due());
            }
        }
    }

    /** Whether a delivery is neither being posted nor given up. */
    private boolean isAtRest(String subscription, String slot) {
        return !tickets(subscription).containsKey(slot) && !givenUp.contains(subscription, slot);
    }

    /** Takes back what is not being posted yet. */
    void close() {
        given.values().forEach(tickets -> tickets.values().removeIf(Ticket::withdraw));
    }

    /** Whether posts of this queue are under way. */
    boolean isPosting() {
        for (Ended next = ended.poll(); next != null; next = ended.poll()) {
            QueuedWebhook posted = next.ticket.delivery();
            tickets(posted.subscription()).remove(posted.occurrence().slot(), next.ticket);
        }
        return given.values().stream().anyMatch(tickets -> !tickets.isEmpty());
    }

    private Map<String, Ticket> tickets(String subscription) {
        return given.computeIfAbsent(subscription, id -> new HashMap<>());
    }
}
