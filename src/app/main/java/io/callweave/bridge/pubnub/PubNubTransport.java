package io.callweave.bridge.pubnub;

import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.FeedTransport;
import io.callweave.bridge.feed.WantedEvents;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.pubnub.ChannelReader;
import java.net.URI;

/** Fetches the notifications of all accounts with the transport pubnub that are this bridge's to connect. */
public final class PubNubTransport {

    private PubNubTransport() {}

    /**
     * Begins with the accounts that the holder gives.
     *
     * @param pubnub address of PubNub's servers
     */
    public static Transport start(
            BridgeServices services, Holder holder, Server server, URI pubnub, PubNubTimes times) {
        WantedEvents events = new WantedEvents(services.activity());
        return FeedTransport.start(
                services,
                holder,
                server,
                Connection.Way.PUBNUB,
                (account, wanted, client) -> new PubNubFeed(
                        account,
                        wanted,
                        services,
                        holder,
                        client,
                        events,
                        channel -> new ChannelReader(server.http(), pubnub, channel, times.poll()),
                        times));
    }
}
