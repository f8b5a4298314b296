package io.callweave.bridge.websocket;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Fetches the notifications of all accounts with the transport websocket that are this bridge's to connect. */
public final class WebSocketTransport implements Transport {

    private static final long LOOK_MS = 500;

    private final BridgeServices services;
    private final Holder holder;
    private final Server server;
    private final FeedTimes times;
    private final Map<String, AccountFeed> feeds = new HashMap<>();
    private final Map<Credentials, Client> clients = new HashMap<>();
    private boolean closed;

    private WebSocketTransport(BridgeServices services, Holder holder, Server server, FeedTimes times) {
        this.services = services;
        this.holder = holder;
        this.server = server;
        this.times = times;
    }

    /**
     * Begins with the accounts that the holder gives.
     *
     * @param holder stays the caller's, who closes it afterwards
     */
    public static WebSocketTransport start(BridgeServices services, Holder holder, Server server, FeedTimes times) {
        WebSocketTransport transport = new WebSocketTransport(services, holder, server, times);
        holder.onLeave(transport::stop);
        services.upkeep().every(LOOK_MS, transport::look);
        return transport;
    }

    /** An account that fails says so in its health; others go on. */
    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void close() {
        List<AccountFeed> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(feeds.values());
            feeds.clear();
        }
        CompletableFuture.allOf(all.stream()
                        .map(feed -> CompletableFuture.runAsync(feed::close))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Starts and ends feeds as accounts come, change and go. */
    private synchronized void look() {
        if (closed) {
            return;
        }
        Map<String, Account> wanted = new HashMap<>();
        for (Account account : services.accounts().get().all()) {
            if (account.isByWebSocket() && holder.holds(account.id())) {
                wanted.put(account.id(), account);
            }
        }
        feeds.entrySet().removeIf(entry -> {
            Account account = wanted.get(entry.getKey());
            boolean over = account == null
                    || !entry.getValue().isFor(account)
                    || !entry.getValue().isAlive();
            if (over) {
                entry.getValue().close();
            }
            return over;
        });
        wanted.forEach((id, account) -> feeds.computeIfAbsent(id, unused -> start(account)));
    }

    private AccountFeed start(Account account) {
        var connection = account.connection();
        if (connection == null) {
            throw new IllegalStateException("Only accounts with a connection are fetched.");
        }
        AccountFeed feed =
                new AccountFeed(account, connection, services, holder, server, client(connection.credentials()), times);
        feed.start();
        return feed;
    }

    /** A session can be recovered by the sign-in only that began it, so that is kept. */
    private Client client(Credentials credentials) {
        return clients.computeIfAbsent(credentials, each -> new Client(server, each, services.clock()));
    }

    private synchronized void stop(String account) {
        AccountFeed feed = feeds.remove(account);
        if (feed != null) {
            feed.close();
        }
    }
}
