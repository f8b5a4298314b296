package io.callweave.ringcentral.doctor;

import io.callweave.ringcentral.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription needs now to live on. Nothing is ever deleted for it.
 *
 * @param subscription the one that delivers, or delivered last; null if there never was one
 */
public record Care(Need need, @Nullable Subscription subscription) {

    /** A renewal that fails can be tried for this long. */
    static final Duration RENEW_BEFORE = Duration.ofDays(3);

    /** What to do. */
    public enum Need {
        NOTHING,
        RENEW,
        CREATE
    }

    /**
     * Looks for the subscription among all.
     *
     * @param all subscriptions of the user and the app
     */
    public static Care of(Wanted wanted, List<Subscription> all, Instant now) {
        List<Subscription> ours = Strays.telephony(wanted.address().toString(), all).stream()
                .filter(each -> each.has(wanted.filters()))
                .sorted(Comparator.comparing(Subscription::isActive)
                        .thenComparing(each -> each.expires() == null ? Instant.MAX : each.expires())
                        .reversed())
                .toList();
        if (ours.isEmpty()) {
            return new Care(Need.CREATE, null);
        }
        Subscription best = ours.get(0);
        if (!best.isActive()) {
            return new Care(Need.CREATE, best);
        }
        return new Care(isDue(best, now) ? Need.RENEW : Need.NOTHING, best);
    }

    /** In the last days, or the last half of a shorter life. */
    static boolean isDue(Subscription subscription, Instant now) {
        Instant expires = subscription.expires();
        if (expires == null) {
            return false;
        }
        Instant created = subscription.created();
        Duration half = created == null
                ? RENEW_BEFORE
                : Duration.between(created, expires).dividedBy(2);
        Duration before = half.compareTo(RENEW_BEFORE) < 0 ? half : RENEW_BEFORE;
        return !now.isBefore(expires.minus(before));
    }
}
