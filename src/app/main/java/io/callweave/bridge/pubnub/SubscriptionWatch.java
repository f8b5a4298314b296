package io.callweave.bridge.pubnub;

import io.callweave.bridge.feed.FeedReports;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.RingCentralException.Trouble;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Renews a subscription when half of its life is over, on threads of its own: RingCentral's answers must delay no notification. */
final class SubscriptionWatch {

    /** If RingCentral does not say when it ends; the shortest life that is known of is 15 minutes. */
    private static final Duration RENEW_AFTER = Duration.ofMinutes(5);

    private final Subscriptions subscriptions;
    private final String id;
    private final InstantSource clock;
    private final Duration every;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Instant renewAt;
    private volatile @Nullable Instant expires;
    private volatile long seenAlive;
    private volatile boolean gone;
    private volatile @Nullable String problem;
    private volatile long lookedNanos = System.nanoTime();

    /** @param known was just seen active */
    SubscriptionWatch(Subscriptions subscriptions, Subscription known, InstantSource clock, Duration every) {
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.every = every;
        id = known.id();
        expires = known.expires();
        seenAlive = clock.millis();
        renewAt = renewal(known);
        problem = FeedReports.problem(known);
    }

    /** Looks after it if that is due. */
    void tick() {
        if (System.nanoTime() - lookedNanos >= every.toNanos() && looking.compareAndSet(false, true)) {
            Thread thread = new Thread(this::look, "pubnub-subscription");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Until then it delivered; in milliseconds since the epoch. */
    long seenAlive() {
        return seenAlive;
    }

    /** Whether it delivers nothing any longer. */
    boolean isGone() {
        return gone;
    }

    /** One sentence; null if there is none. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Null if RingCentral does not say. */
    @Nullable
    Instant expires() {
        return expires;
    }

    private void look() {
        try {
            long began = clock.millis();
            Subscription now = subscriptions.get(id);
            if (!now.isActive()) {
                gone = true;
                return;
            }
            if (!clock.instant().isBefore(renewAt)) {
                now = subscriptions.renew(id);
                renewAt = renewal(now);
            }
            expires = now.expires();
            seenAlive = began;
            problem = FeedReports.problem(now);
        } catch (RingCentralException e) {
            gone = e.trouble() == Trouble.GONE;
            problem = gone ? null : e.getMessage();
        } finally {
            lookedNanos = System.nanoTime();
            looking.set(false);
        }
    }

    private Instant renewal(Subscription known) {
        Instant now = clock.instant();
        Instant end = known.expires();
        return now.plus(end == null ? RENEW_AFTER : Duration.between(now, end).dividedBy(2));
    }
}
