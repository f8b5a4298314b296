package io.callweave.bridge.websocket;

import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.FeedTransport;
import io.callweave.bridge.feed.WantedEvents;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.Subscription;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Fetches the notifications of all accounts with the transport websocket that are this bridge's to connect. */
public final class WebSocketTransport {

    private WebSocketTransport() {}

    /**
     * Begins with the accounts that the holder gives.
     *
     * @param holder stays the caller's, who closes it afterwards
     */
    public static Transport start(BridgeServices services, Holder holder, Server server, FeedTimes times) {
        WantedEvents events = new WantedEvents(services.activity());
        Map<String, Subscription> subscriptions = new ConcurrentHashMap<>();
        return FeedTransport.start(
                services,
                holder,
                server,
                Connection.Way.WEBSOCKET,
                (account, wanted, client) ->
                        new WebSocketFeed(account, wanted, services, holder, client, events, times, subscriptions));
    }
}
