package io.callweave.bridge.feed;

import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.RingCentralException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notifications of one account, fetched on a thread of its own until it is closed: connects, reads, and begins again when the
 * connection ends.
 *
 * @param <C> a connection, with what is known about what came before it
 */
public abstract class AccountFeed<C> implements AutoCloseable {

    /** How long what was received may take to become safe when a feed is closed. */
    protected static final long LAST_WAIT_MS = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(AccountFeed.class);
    private static final int MOST_DOUBLINGS = 16;

    protected final Account account;
    protected final Connection wanted;
    protected final BridgeServices services;
    protected final FeedReports reports;
    protected final Deliveries deliveries;
    protected volatile boolean stopping;
    private final String transport;
    private final Patience patience;
    private final Duration refused;
    private final Thread thread;

    /**
     * Makes a feed that was not started.
     *
     * @param transport its name in the header {@code transport}
     * @param patience between attempts to connect
     * @param refused the wait after a failure that does not pass by itself, such as a missing permission
     */
    protected AccountFeed(
            String transport,
            Account account,
            Connection wanted,
            BridgeServices services,
            Patience patience,
            Duration refused) {
        this.transport = transport;
        this.account = account;
        this.wanted = wanted;
        this.services = services;
        this.patience = patience;
        this.refused = refused;
        reports = new FeedReports(services, account.id(), transport);
        deliveries = new Deliveries(services.intake(), Owner.of(account), account.ratePerSecond());
        thread = new Thread(this::run, transport + "-" + account.id());
        thread.setDaemon(true);
    }

    /** Makes one attempt. What may be missing since the last connection is reported as a gap. */
    protected abstract C connect() throws InterruptedException;

    /** Reads until the connection ends, or {@link #stopping}. */
    protected abstract void follow(C connection) throws InterruptedException;

    /** Whether {@link #close} ends what the thread does now by an interrupt, or the thread sees {@link #stopping} itself. */
    protected boolean isInterruptible() {
        return true;
    }

    final void start() {
        thread.start();
    }

    /** Whether this feed is what the account wants now. */
    final boolean isFor(Account now) {
        return wanted.equals(now.connection())
                && account.privacy() == now.privacy()
                && account.ratePerSecond() == now.ratePerSecond();
    }

    final boolean isAlive() {
        return thread.isAlive();
    }

    /** Ends it; what was received becomes safe first, unless that takes too long. Nothing is fetched afterwards. */
    @Override
    public final void close() {
        stopping = true;
        if (isInterruptible()) {
            thread.interrupt();
        }
        try {
            thread.join(LAST_WAIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }

    private void run() {
        int brief = 0;
        try {
            while (!stopping) {
                long connected = System.nanoTime() - patience.longest().toNanos();
                try {
                    reports.state("connecting", null, null);
                    C connection = patience.insist(this::attempt);
                    connected = System.nanoTime();
                    follow(connection);
                } catch (RingCentralException e) {
                    report(e);
                    // Each connection can cost a sign-in, a subscription and a gap.
                    brief = System.nanoTime() - connected < patience.longest().toNanos() ? brief + 1 : 0;
                    if (!stopping) {
                        // Only time helps; close() interrupts it.
                        Thread.sleep(
                                e.passes()
                                        ? ThreadLocalRandom.current().nextLong(longestWait(patience, brief) + 1)
                                        : refused.toMillis());
                    }
                } catch (RuntimeException e) {
                    LOG.error("The feed of an account failed; it begins again.", e);
                    report(RingCentralException.unavailable(
                            "The feed of the account failed: the log says how. It begins again."));
                    Thread.sleep(refused.toMillis());
                }
            }
        } catch (InterruptedException stopped) {
            // It was not connected, or has taken too long. The next one goes on from the last position.
        }
    }

    private C attempt() throws InterruptedException {
        try {
            return connect();
        } catch (RingCentralException e) {
            report(e);
            throw e;
        }
    }

    /** Tells of a failure, unless this feed is ended anyway. */
    protected final void report(RingCentralException failure) {
        if (!stopping) {
            reports.failure(failure);
        }
    }

    /** Hands a notification to the intake. */
    protected final void take(String notification) {
        deliveries.take(
                notification, new Receipt(transport, services.clock().millis(), transport + ":" + account.id()));
    }

    /** In milliseconds, after so many connections in a row that ended soon. */
    static long longestWait(Patience patience, int brief) {
        long doubled = patience.first().toMillis() << Math.min(MOST_DOUBLINGS, Math.max(0, brief - 1));
        return Math.min(doubled, patience.longest().toMillis());
    }
}
