package io.callweave.platform.subscription;

import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All subscriptions, in the order in which they were created. */
public final class SubscriptionRegistry {

    /** RingCentral's default life of a subscription, seven days: users lose subscriptions without noticing. */
    private static final long DEFAULT_LIFE = 604_800;

    private final Clock clock;
    private final int limit;
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, PlatformSubscription> all = new ConcurrentSkipListMap<>();

    /** @param limit how many one user may have with one application */
    public SubscriptionRegistry(Clock clock, int limit) {
        this.clock = clock;
        this.limit = limit;
    }

    Instant now() {
        return clock.instant();
    }

    /** @throws PlatformError if there are too many */
    synchronized PlatformSubscription create(
            Caller owner, DeliveryMode mode, List<EventFilter> filters, @Nullable Long seconds) {
        if (of(owner).size() >= limit) {
            throw new PlatformError(403, "SUB-505", "Subscriptions limit exceeded");
        }
        PlatformSubscription subscription = new PlatformSubscription(owner, mode, filters, now(), life(mode, seconds));
        all.put(numbers.getAndIncrement(), subscription);
        return subscription;
    }

    /** Renews a subscription for this time; null: for the same time as before. */
    void renew(PlatformSubscription subscription, @Nullable Long seconds) {
        subscription.renew(now(), seconds == null ? subscription.life() : life(subscription.mode(), seconds));
    }

    private static Duration life(DeliveryMode mode, @Nullable Long seconds) {
        return Duration.ofSeconds(Math.min(seconds == null ? DEFAULT_LIFE : seconds, mode.longestLife()));
    }

    /** Those of a user with one application. */
    List<PlatformSubscription> of(Caller owner) {
        return active().stream().filter(one -> isOf(one, owner)).toList();
    }

    PlatformSubscription find(Caller owner, String id) {
        return of(owner).stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> PlatformError.notFound("subscriptionId"));
    }

    public void remove(String id) {
        all.values().removeIf(one -> one.id().equals(id));
    }

    /** Those that have not expired; blacklisted ones, too. */
    public List<PlatformSubscription> active() {
        Instant now = now();
        all.values().removeIf(one -> one.isOver(now));
        return List.copyOf(all.values());
    }

    /** Every subscription expires now. */
    public void expireAll() {
        all.values().forEach(one -> one.expire(now()));
    }

    private static boolean isOf(PlatformSubscription subscription, Caller owner) {
        return subscription.owner().accountId().equals(owner.accountId())
                && subscription.owner().extensionId().equals(owner.extensionId())
                && subscription.owner().clientId().equals(owner.clientId());
    }
}
