package io.callweave.bridge.webhook;

import io.callweave.bridge.RawRecords;
import io.callweave.bridge.Safekeeping;
import io.callweave.bridge.account.CurrentAccounts;
import io.callweave.bridge.privacy.Disguise;
import io.callweave.notification.NotificationKeyer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The webhook endpoint as it runs: server, accounts, metrics, and what is done from time to time. */
public final class Bridge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);
    private static final long TICK_MS = 1_000;

    private final CurrentAccounts accounts;
    private final Safekeeping safekeeping;
    private final BridgeMetrics metrics;
    private final BridgeActivity activity;
    private final WebhookServer server;
    private final InstantSource clock;
    private final ScheduledExecutorService upkeep;
    private final AtomicBoolean stopping = new AtomicBoolean();

    private Bridge(BridgeConfig config, Safekeeping safekeeping, MeterRegistry registry, InstantSource clock) {
        this.safekeeping = safekeeping;
        this.clock = clock;
        accounts = new CurrentAccounts(config.accounts());
        metrics = new BridgeMetrics(registry);
        activity = new BridgeActivity(metrics, config.silence(), new ExpectationsFile(config.expectations()), clock);
        activity.use(accounts.get());
        server = new WebhookServer(config, new WebhookHandler(parts(config)), activity::refused);
        metrics.watchConnections(server::connections);
        upkeep = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "bridge-upkeep");
            thread.setDaemon(true);
            return thread;
        });
    }

    private WebhookHandler.Parts parts(BridgeConfig config) {
        WebhookLimits limits = config.limits();
        RateLimit rates = new RateLimit(System::nanoTime);
        WebhookDesk desk = new WebhookDesk(
                new NotificationKeyer(limits.maxBytes()),
                new RawRecords(config.prefix()),
                new Disguise(config.privacyKey()),
                safekeeping,
                activity,
                clock);
        return new WebhookHandler.Parts(
                accounts,
                new HeadCheck(limits.maxBytes(), rates::admit),
                desk,
                new MemoryBudget(limits.inFlightBytes()),
                limits,
                activity);
    }

    /**
     * Starts to listen.
     *
     * @param safekeeping stays the caller's, who closes it after the bridge
     * @throws BridgeException if the address or the certificate cannot be used
     * @throws io.callweave.bridge.account.AccountsException if the accounts are wrong
     */
    public static Bridge start(BridgeConfig config, Safekeeping safekeeping, MeterRegistry registry) {
        Bridge bridge = new Bridge(config, safekeeping, registry, InstantSource.system());
        bridge.server.start();
        long reread = config.rereadEvery().toMillis();
        bridge.every(reread, bridge::reread);
        bridge.every(TICK_MS, bridge.activity::tick);
        bridge.every(bridge.server.sweepMillis(), bridge::closeStalled);
        return bridge;
    }

    /** Such as {@code http://127.0.0.1:8081}. */
    public String address() {
        return server.address();
    }

    /** False if only a restart can help. */
    public boolean isLive() {
        return stopping.get() || (server.isRunning() && !safekeeping.status().failed());
    }

    /** Whether a notification that came now would be taken. */
    public boolean isReady() {
        return !stopping.get() && server.isRunning() && safekeeping.status().room();
    }

    /** In a word. */
    public String state() {
        return stopping.get() ? "STOPPING" : !server.isRunning() ? "STOPPED" : isReady() ? "RUNNING" : "NO_ROOM";
    }

    /** How each account is, and the spool, as JSON. */
    public String accountsHealth() {
        return AccountsHealth.json(activity.accounts(), safekeeping.status(), clock.millis());
    }

    @Override
    public void close() {
        drain();
    }

    /** Takes nothing new, answers what it took, and returns then. */
    public void drain() {
        if (stopping.compareAndSet(false, true)) {
            server.close();
            upkeep.shutdownNow();
            activity.save();
        }
    }

    private void every(long ms, Runnable task) {
        var unused = upkeep.scheduleWithFixedDelay(() -> tryTo(task), ms, ms, TimeUnit.MILLISECONDS);
    }

    /** One that fails once is done again the next time; an executor would give it up. */
    private static void tryTo(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A task of the bridge's upkeep failed.", e);
        }
    }

    private void reread() {
        if (!accounts.reread()) {
            metrics.reloadFailed(BridgeMetrics.Reloaded.ACCOUNTS);
        }
        activity.use(accounts.get());
        if (!server.rereadCertificate()) {
            metrics.reloadFailed(BridgeMetrics.Reloaded.CERTIFICATE);
        }
    }

    private void closeStalled() {
        for (int closed = server.closeStalled(); closed > 0; closed--) {
            metrics.stalled();
        }
    }
}
