package io.callweave.bridge.feed;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.Server;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Fetches the notifications of all accounts that are connected in one way and are this bridge's to connect. */
public final class FeedTransport implements Transport {

    private static final long LOOK_MS = 500;

    private final BridgeServices services;
    private final Holder holder;
    private final Server server;
    private final Connection.Way way;
    private final Feeds start;
    private final Map<String, AccountFeed<?>> feeds = new HashMap<>();
    private final Map<Credentials, Client> clients = new HashMap<>();
    private boolean closed;

    /** Makes the feed of an account. */
    public interface Feeds {

        /**
         * Makes one that was not started.
         *
         * @param wanted how the account is connected
         */
        AccountFeed<?> of(Account account, Connection wanted, Client client);
    }

    private FeedTransport(BridgeServices services, Holder holder, Server server, Connection.Way way, Feeds start) {
        this.services = services;
        this.holder = holder;
        this.server = server;
        this.way = way;
        this.start = start;
    }

    /**
     * Begins with the accounts that the holder gives.
     *
     * @param holder stays the caller's, who closes it afterwards
     */
    public static FeedTransport start(
            BridgeServices services, Holder holder, Server server, Connection.Way way, Feeds feeds) {
        FeedTransport transport = new FeedTransport(services, holder, server, way, feeds);
        holder.onLeave(transport::stop);
        services.upkeep().every(LOOK_MS, transport::look);
        return transport;
    }

    @Override
    public void close() {
        List<AccountFeed<?>> all;
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
            if (account.isBy(way) && holder.holds(account.id())) {
                wanted.put(account.id(), account);
            }
        }
        feeds.entrySet().removeIf(entry -> {
            Account account = wanted.get(entry.getKey());
            boolean over = account == null
                    || !entry.getValue().isFor(account)
                    || !entry.getValue().isAlive();
            if (over) {
                close(entry.getKey(), entry.getValue());
            }
            return over;
        });
        wanted.forEach((id, account) -> feeds.computeIfAbsent(id, unused -> start(account)));
    }

    private AccountFeed<?> start(Account account) {
        Connection connection = account.connection();
        if (connection == null) {
            throw new IllegalStateException("Only accounts with a connection are fetched.");
        }
        AccountFeed<?> feed = start.of(account, connection, client(connection.credentials()));
        feed.start();
        return feed;
    }

    /** A WebSocket session can be recovered by the sign-in only that began it, so that is kept. */
    private Client client(Credentials credentials) {
        return clients.computeIfAbsent(credentials, each -> new Client(server, each, services.clock()));
    }

    private synchronized void stop(String account) {
        AccountFeed<?> feed = feeds.remove(account);
        if (feed != null) {
            close(account, feed);
        }
    }

    private void close(String account, AccountFeed<?> feed) {
        feed.close();
        services.activity().released(account, way.name().toLowerCase(Locale.ROOT));
    }
}
