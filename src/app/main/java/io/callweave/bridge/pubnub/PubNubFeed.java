package io.callweave.bridge.pubnub;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.AccountFeed;
import io.callweave.bridge.feed.WantedEvents;
import io.callweave.bridge.holder.FeedPosition;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.feedgap.FeedGap;
import io.callweave.ringcentral.AnswerReader;
import io.callweave.ringcentral.Channel;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.PubNubSubscription;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.RingCentralException.Trouble;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.Subscriptions;
import io.callweave.ringcentral.pubnub.Batch;
import io.callweave.ringcentral.pubnub.ChannelReader;
import io.callweave.ringcentral.pubnub.Cursor;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one account, read from its channel on a thread of its own. PubNub keeps the last messages for some
 * minutes, so the next one who reads goes on where this one stopped. What may be missing is reported as a gap.
 */
final class PubNubFeed extends AccountFeed<PubNubFeed.Reading> {

    private static final long TICK_MS = 100;

    /** What overflows once does so again: a gap also covers what comes so soon after it. */
    private static final long OVERFLOW_MS = Duration.ofMinutes(1).toMillis();

    private final Holder holder;
    private final Client client;
    private final Subscriptions subscriptions;
    private final WantedEvents events;
    private final Function<Channel, ChannelReader> readers;
    private final PubNubTimes times;

    PubNubFeed(
            Account account,
            Connection wanted,
            BridgeServices services,
            Holder holder,
            Client client,
            WantedEvents events,
            Function<Channel, ChannelReader> readers,
            PubNubTimes times) {
        super("pubnub", account, wanted, services, times.patience(), times.refused());
        this.holder = holder;
        this.client = client;
        this.subscriptions = client.subscriptions();
        this.events = events;
        this.readers = readers;
        this.times = times;
    }

    /** What is read now, and how far it was whole before. */
    record Reading(SubscriptionWatch watch, ChannelReader reader, PubNubPosition position, long wholeUntil) {}

    @Override
    protected Reading connect() throws InterruptedException {
        FeedPosition before = holder.position(account.id());
        PubNubPosition resumed = before == null ? null : PubNubPosition.of(before);
        PubNubSubscription known = resumed == null ? null : known(resumed.subscription());
        Reading reading = before == null || resumed == null || known == null
                ? begin(before, resumed != null)
                : new Reading(
                        watch(known.subscription()), readers.apply(known.channel()), resumed, before.wholeUntil());
        reports.state("connected", reading.watch().problem(), reading.watch().expires());
        return reading;
    }

    /** Subscribes, and reads from now on. */
    private Reading begin(@Nullable FeedPosition before, boolean wasSubscribed) throws InterruptedException {
        FurtherEvents further = events.of(account, wanted, client);
        PubNubSubscription made = subscriptions.createPubNub(wanted.filters(), further, times.life());
        events.subscribed(account.id(), further, made.subscription());
        ChannelReader reader = readers.apply(made.channel());
        Batch first = first(reader, made);
        long now = services.clock().millis();
        if (before != null) {
            reports.gap(
                    before.wholeUntil(),
                    now,
                    wasSubscribed ? FeedGap.Reason.SUBSCRIPTION_GONE : FeedGap.Reason.NO_RECOVERY);
        }
        PubNubPosition position = new PubNubPosition(made.subscription().id(), first.next());
        holder.keep(account.id(), position.wholeUntil(now));
        return new Reading(watch(made.subscription()), reader, position, now);
    }

    /** If nothing can be read, the subscription goes too: the next attempt makes another one. */
    private Batch first(ChannelReader reader, PubNubSubscription made) throws InterruptedException {
        try (reader) {
            Batch first = await(reader.read(Cursor.START), null);
            if (first == null) {
                throw RingCentralException.unavailable("PubNub does not answer.");
            }
            return first;
        } catch (RingCentralException e) {
            try {
                subscriptions.delete(made.subscription().id());
            } catch (RingCentralException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    /** The subscription of the last time with the filters of now; null if it delivers nothing any longer. */
    private @Nullable PubNubSubscription known(String id) throws InterruptedException {
        try {
            PubNubSubscription known = subscriptions.getPubNub(id);
            if (!known.subscription().isActive()) {
                return null;
            }
            FurtherEvents further = events.of(account, wanted, client);
            PubNubSubscription now = known.subscription().hasOnly(wanted.filters())
                            && !subscriptions.lacks(known.subscription(), further)
                    ? known
                    : new PubNubSubscription(subscriptions.change(id, wanted.filters(), further), known.channel());
            events.subscribed(account.id(), further, now.subscription());
            return now;
        } catch (RingCentralException e) {
            if (e.trouble() == Trouble.GONE) {
                return null;
            }
            throw e;
        }
    }

    private SubscriptionWatch watch(Subscription subscription) {
        return new SubscriptionWatch(subscriptions, subscription, services.clock(), times.look());
    }

    /** Reads until the subscription is gone. */
    @Override
    protected void follow(Reading reading) throws InterruptedException {
        try (ChannelReader reader = reading.reader()) {
            follow(reading, reader);
        }
    }

    private void follow(Reading reading, ChannelReader reader) throws InterruptedException {
        SubscriptionWatch watch = reading.watch();
        PubNubPosition position = reading.position();
        long wholeUntil = reading.wholeUntil();
        long reportedUntil = 0;
        String problem = watch.problem();
        while (!stopping && !watch.isGone()) {
            if (deliveries.isFull() || deliveries.isTooFast() || (reader.isHeld() && !deliveries.isEmpty())) {
                settle(position, wholeUntil, watch);
                if (deliveries.isEmpty()) {
                    reader.close(); // others wait for the room of what was read
                }
                // The intake confirms on other threads, which tell nobody; close() interrupts it.
                Thread.sleep(TICK_MS);
                continue;
            }
            Request request = insist(reader, position, wholeUntil, watch);
            settle(position, wholeUntil, watch);
            Batch batch = request.batch();
            long now = services.clock().millis();
            if (request.began() - wholeUntil > times.catchUp().toMillis()) {
                reports.gap(wholeUntil, now, FeedGap.Reason.RECOVERY_FAILED);
            } else if (batch != null && batch.isFull() && now > reportedUntil) {
                reportedUntil = now + OVERFLOW_MS;
                reports.gap(wholeUntil, reportedUntil, FeedGap.Reason.BUFFER_FULL);
            }
            if (batch != null) {
                batch.messages().forEach(this::take);
                if (batch.messages().isEmpty()) {
                    Thread.sleep(TICK_MS); // one that answers nothing, and at once, would be asked without a pause
                }
                position = new PubNubPosition(position.subscription(), batch.next());
            }
            wholeUntil = Math.max(wholeUntil, request.began());
            if (!Objects.equals(problem, watch.problem())) {
                problem = watch.problem();
                reports.state("connected", problem, watch.expires());
            }
        }
    }

    /** An answered request, or one that PubNub let wait: all that was sent before it began was read. */
    private record Request(long began, @Nullable Batch batch) {}

    private Request insist(ChannelReader reader, PubNubPosition position, long wholeUntil, SubscriptionWatch watch) {
        boolean[] failed = {false};
        Request request = times.patience().insist(() -> {
            try {
                long began = services.clock().millis();
                Batch batch = await(reader.read(position.cursor()), () -> settle(position, wholeUntil, watch));
                return new Request(began, batch);
            } catch (RingCentralException e) {
                if (!failed[0]) {
                    failed[0] = !stopping;
                    report(e);
                }
                throw e;
            }
        });
        if (failed[0]) {
            reports.state("connected", watch.problem(), watch.expires());
        }
        return request;
    }

    /** What a request brings; null if PubNub let it wait. */
    private @Nullable Batch await(CompletableFuture<Batch> answer, @Nullable Runnable meanwhile)
            throws InterruptedException {
        try {
            while (true) {
                try {
                    return answer.get(TICK_MS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    if (meanwhile != null) {
                        meanwhile.run();
                    }
                }
            }
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof AnswerReader.NoAnswerException) {
                return null;
            }
            throw cause instanceof RingCentralException known
                    ? known
                    : RingCentralException.unavailable("PubNub cannot be reached: look at ringcentral.pubnub-server.");
        } finally {
            answer.cancel(true);
        }
    }

    /** The position moves on when all before it is safe. */
    private void settle(PubNubPosition position, long wholeUntil, SubscriptionWatch watch) {
        watch.tick();
        deliveries.settle();
        if (deliveries.isEmpty()) {
            holder.keep(account.id(), position.wholeUntil(Math.min(wholeUntil, watch.seenAlive())));
        }
    }
}
