package io.callweave.bridge.websocket;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.AccountFeed;
import io.callweave.bridge.feed.FeedReports;
import io.callweave.bridge.feed.WantedEvents;
import io.callweave.bridge.holder.FeedPosition;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.feedgap.FeedGap;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.FurtherEvents;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Subscription;
import io.callweave.ringcentral.gateway.FeedSession;
import io.callweave.ringcentral.gateway.Frame;
import io.callweave.ringcentral.gateway.GatewaySocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of one account, fetched on a thread of its own: connects, recovers or subscribes, reads, and begins again
 * when the connection ends. Whatever may be missing afterwards is reported as a gap.
 */
final class WebSocketFeed extends AccountFeed<WebSocketFeed.Connected> {

    private static final Duration POLL = Duration.ofMillis(100);

    private final Holder holder;
    private final Client client;
    private final WantedEvents events;
    private final FeedTimes times;
    private final Map<String, Subscription> subscriptions;
    private final AtomicReference<@Nullable GatewaySocket> open = new AtomicReference<>();
    private boolean first = true;

    /** @param subscriptions the latest of each account, which a recovered session goes on with */
    WebSocketFeed(
            Account account,
            Connection wanted,
            BridgeServices services,
            Holder holder,
            Client client,
            WantedEvents events,
            FeedTimes times,
            Map<String, Subscription> subscriptions) {
        super("websocket", account, wanted, services, times.patience(), times.refused());
        this.holder = holder;
        this.client = client;
        this.events = events;
        this.times = times;
        this.subscriptions = subscriptions;
    }

    /** With a connection, the thread says goodbye first. */
    @Override
    protected boolean isInterruptible() {
        return open.get() == null;
    }

    @Override
    protected Connected connect() throws InterruptedException {
        FeedPosition kept = holder.position(account.id());
        FeedPosition before = kept == null ? null : kept.ofWebSocket();
        long began = services.clock().millis();
        FurtherEvents further = events.of(account, wanted, client);
        FeedSession session = FeedSession.open(
                client,
                before == null ? "" : before.recoveryToken(),
                subscriptions.get(account.id()),
                wanted.filters(),
                further,
                this::takeWithRoom);
        open.set(session.connection());
        events.subscribed(account.id(), further, session.subscription());
        if (session.subscription() != null) {
            subscriptions.put(account.id(), session.subscription());
        }
        long connected = services.clock().millis();
        if (before != null) {
            report(session, before, connected);
        }
        first = false;
        long wholeUntil = session.recovered() && before != null ? before.wholeUntil() : connected;
        holder.keep(account.id(), new FeedPosition(wholeUntil, session.recoveryToken(), false));
        reports.state("connected", FeedReports.problem(session.subscription()), null);
        return new Connected(session, new MissedNotifications(began, session.bufferSize()), wholeUntil, connected);
    }

    /** Nothing is missing if RingCentral delivers what was missed, and nothing was lost on this side. */
    private void report(FeedSession session, FeedPosition before, long connected) throws InterruptedException {
        if (!session.recovered()) {
            reports.gap(
                    before.wholeUntil(),
                    connected,
                    before.recoveryToken().isEmpty() ? FeedGap.Reason.NO_RECOVERY : FeedGap.Reason.RECOVERY_FAILED);
        } else if (first && !before.settled()) {
            reports.gap(before.wholeUntil(), connected, FeedGap.Reason.BRIDGE_KILLED);
        }
    }

    record Connected(FeedSession session, MissedNotifications replay, long wholeUntil, long connectedAt) {}

    /** Reads until the connection ends. */
    @Override
    protected void follow(Connected connected) throws InterruptedException {
        String token = connected.session().recoveryToken();
        long wholeUntil = connected.wholeUntil();
        Heartbeat heartbeat = new Heartbeat(times, services.clock());
        boolean leaving = false;
        try (GatewaySocket connection = connected.session().connection()) {
            while (!leaving || !heartbeat.isOverdue()) {
                if (stopping && !leaving) {
                    leaving = true;
                    connection.sayGoodbye();
                }
                long proven = connection.answeredPing(); // what was sent before it came before it
                heartbeat.beat(connection, proven);
                Frame frame = deliveries.isFull() ? pause() : connection.poll(POLL);
                if (frame != null) {
                    token = frame.recoveryToken().isEmpty() ? token : frame.recoveryToken();
                    accept(frame, connected);
                }
                deliveries.settle();
                wholeUntil = connection.isDrained() ? Math.max(wholeUntil, proven) : wholeUntil;
                holder.keep(account.id(), new FeedPosition(deliveries.wholeUntil(wholeUntil), token, false));
            }
        } catch (RingCentralException ended) {
            if (!leaving) {
                throw ended;
            }
            leave(token);
        } finally {
            open.set(null);
        }
    }

    /** All that has come was read; when it is safe, too, the next one can go on where this one stopped. */
    private void leave(String token) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(LAST_WAIT_MS).toNanos();
        while (!deliveries.isEmpty() && System.nanoTime() < end) {
            deliveries.settle();
            // Kafka confirms on another thread, which tells nobody; this happens once per connection.
            Thread.sleep(10);
        }
        if (deliveries.isEmpty()) {
            holder.keep(account.id(), new FeedPosition(services.clock().millis(), token, true));
        }
    }

    private void accept(Frame frame, Connected connected) throws InterruptedException {
        if (frame.isNotification()) {
            if (connected.session().recovered() && connected.replay().isFullWith(frame)) {
                reports.gap(connected.wholeUntil(), connected.connectedAt(), FeedGap.Reason.BUFFER_FULL);
            }
            take(frame.text());
        }
    }

    /** A gateway that sends notifications in place of an answer would fill the memory otherwise. */
    private void takeWithRoom(Frame notification) throws InterruptedException {
        while (deliveries.isFull()) {
            deliveries.settle();
            Thread.sleep(POLL.toMillis());
        }
        take(notification.text());
    }

    private @Nullable Frame pause() throws InterruptedException {
        Thread.sleep(POLL.toMillis());
        return null;
    }
}
