package io.callweave.platform;

import io.callweave.platform.delivery.FeedFaults;
import io.callweave.platform.delivery.NotificationFeed;
import io.callweave.platform.oauth.GrantedTokens;
import io.callweave.platform.pubnub.Channels;
import io.callweave.platform.rest.RequestFaults;
import io.callweave.platform.subscription.SubscriptionRegistry;
import io.callweave.platform.telephony.CallLogEndpoints;
import io.callweave.platform.telephony.LogDifference;
import io.callweave.platform.telephony.PlatformCallLog;
import io.callweave.platform.websocket.WebSocketGateway;
import io.callweave.simulation.delivery.DeliveryFaults;
import java.time.Clock;
import java.util.List;

/** What can go wrong on demand. */
public final class PlatformFaults {

    private final GrantedTokens tokens;
    private final SubscriptionRegistry subscriptions;
    private final WebSocketGateway gateway;
    private final Channels channels;
    private final NotificationFeed feed;
    private final FeedFaults feedFaults;
    private final RequestFaults requestFaults;
    private final PlatformCallLog callLog;
    private final CallLogEndpoints callLogEndpoints;
    private final Clock clock;

    PlatformFaults(
            GrantedTokens tokens,
            SubscriptionRegistry subscriptions,
            WebSocketGateway gateway,
            Channels channels,
            NotificationFeed feed,
            FeedFaults feedFaults,
            RequestFaults requestFaults,
            PlatformCallLog callLog,
            CallLogEndpoints callLogEndpoints,
            Clock clock) {
        this.tokens = tokens;
        this.subscriptions = subscriptions;
        this.gateway = gateway;
        this.channels = channels;
        this.feed = feed;
        this.feedFaults = feedFaults;
        this.requestFaults = requestFaults;
        this.callLog = callLog;
        this.callLogEndpoints = callLogEndpoints;
        this.clock = clock;
    }

    /** From now on, this share of all notifications is late, out of order, duplicated or dropped. */
    public void deliver(DeliveryFaults shares) {
        feedFaults.shares(shares);
    }

    public void dropNext(int deliveries) {
        feedFaults.dropNext(deliveries);
    }

    public void duplicateNext(int deliveries) {
        feedFaults.duplicateNext(deliveries);
    }

    /** This many of the next deliveries arrive in reverse order, after the last of them. */
    public void reverseNext(int deliveries) {
        feed.reverseNext(deliveries);
    }

    /**
     * Refuses the next requests.
     *
     * @param path the beginning of the paths
     * @param status such as 401, 429 or 503
     * @param retryAfter in seconds, 0 for no such header
     */
    public void refuse(String path, int status, int times, int retryAfter) {
        requestFaults.refuse(new RequestFaults.Refusal(path, status, times, retryAfter));
    }

    /** Every access token has expired. Refresh tokens still work. */
    public void expireAccessTokens() {
        tokens.expireAccessTokens();
    }

    /** No token is known; everybody has to sign in again. */
    public void forgetTokens() {
        tokens.forgetAll();
    }

    public void expireSubscriptions() {
        subscriptions.expireAll();
    }

    /** Blacklists all webhook subscriptions. */
    public void blacklist() {
        subscriptions
                .active()
                .forEach(one -> one.blacklist("I/O operation is failed. Details: [Read timed out]", clock.instant()));
    }

    /** Cuts all WebSocket connections and waiting requests to PubNub. What was missed can be had. */
    public void disconnect() {
        gateway.cutAll();
        channels.cutAll();
    }

    /** Makes the call log differ from as many of the next calls. */
    public void plantInLog(LogDifference difference, int calls) {
        callLog.plant(difference, calls);
    }

    /** All that the call log differs in. */
    public List<PlatformCallLog.Planted> planted() {
        return callLog.planted();
    }

    /** A reader of an extract of the call log has to begin again. */
    public void forgetSyncTokens() {
        callLogEndpoints.forgetSyncTokens();
    }

    /** Whether PubNub gives no answers from now on. */
    public void pubNubAway(boolean away) {
        channels.away(away);
    }

    /** Cuts all WebSocket connections, and forgets their sessions. */
    public void disconnectForGood() {
        gateway.forgetAll();
    }

    /** The number of open WebSocket connections. */
    public int connections() {
        return gateway.connections();
    }

    int subscriptions() {
        return subscriptions.active().size();
    }

    long sent() {
        return feed.sent();
    }

    long taken() {
        return feed.taken();
    }
}
