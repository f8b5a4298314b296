package io.callweave.bridge.transport;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.FeedGaps;
import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.account.CurrentAccounts;
import io.callweave.bridge.activity.AccountsHealth;
import io.callweave.bridge.activity.BridgeActivity;
import io.callweave.bridge.activity.BridgeMetrics;
import io.callweave.bridge.activity.ExpectationsFile;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** The bridge as it runs: its transports, and what they share. */
public final class Bridge implements AutoCloseable {

    private static final long TICK_MS = 1_000;
    private static final String NO_CONNECTION = "NO_CONNECTION";

    private final DurableSink safekeeping;
    private final BridgeServices services;
    private final List<Transport> transports = new CopyOnWriteArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();

    private Bridge(BridgeConfig config, DurableSink safekeeping, MeterRegistry registry, InstantSource clock) {
        this.safekeeping = safekeeping;
        CurrentAccounts accounts = new CurrentAccounts(config.accounts());
        BridgeMetrics metrics = new BridgeMetrics(registry);
        BridgeActivity activity = new BridgeActivity(
                metrics, config.silence(), config.accountSeries(), new ExpectationsFile(config.expectations()), clock);
        activity.use(accounts.get());
        safekeeping.shareAmong(accounts.get().all().size());
        Intake intake = new Intake(config.rules(), safekeeping, activity, clock);
        Intake ours = new Intake(config.rules().takingOurs(), safekeeping, IntakeListener.NONE, clock);
        FeedGaps gaps = new FeedGaps(config.rules().prefix(), safekeeping, activity::gap);
        services =
                new BridgeServices(accounts, intake, ours, gaps, activity, metrics, new Upkeep("bridge-upkeep"), clock);
        services.upkeep().every(config.rereadEvery().toMillis(), this::rereadAccounts);
        services.upkeep().every(TICK_MS, activity::tick);
    }

    /**
     * Begins without a transport.
     *
     * @param safekeeping stays the caller's, who closes it after the bridge
     * @throws io.callweave.bridge.account.AccountsException if the accounts are wrong
     */
    public static Bridge open(BridgeConfig config, DurableSink safekeeping, MeterRegistry registry) {
        return open(config, safekeeping, registry, InstantSource.system());
    }

    /** The same with another clock. */
    public static Bridge open(
            BridgeConfig config, DurableSink safekeeping, MeterRegistry registry, InstantSource clock) {
        return new Bridge(config, safekeeping, registry, clock);
    }

    /** Adds a transport, which is closed with the bridge. */
    public <T extends Transport> T start(Function<BridgeServices, T> transport) {
        T started = transport.apply(services);
        transports.add(started);
        return started;
    }

    /** False if only a restart can help. */
    public boolean isLive() {
        return stopping.get() || (areRunning() && !safekeeping.status().failed());
    }

    /** Whether a notification that came now would be taken. */
    public boolean isReady() {
        return !stopping.get()
                && areRunning()
                && areOpen()
                && safekeeping.status().room();
    }

    /** In a word. */
    public String state() {
        return stopping.get()
                ? "STOPPING"
                : !areRunning() ? "STOPPED" : !areOpen() ? NO_CONNECTION : isReady() ? "RUNNING" : "NO_ROOM";
    }

    /** A sentence, if the state does not say enough. */
    public Optional<String> reason() {
        return state().equals(NO_CONNECTION)
                ? Optional.of(
                        "New senders do not get in: as many connections as bridge.max-connections are open, and the"
                                + " bridge works at them, or known senders have them; or strangers come so fast that others are closed; or TLS handshakes wait"
                                + " too long.")
                : Optional.empty();
    }

    /** How each account is, and the spool, as JSON. */
    public String accountsHealth() {
        return AccountsHealth.json(
                services.activity().accounts(),
                safekeeping.status(),
                services.clock().millis());
    }

    /** Accepts nothing new, answers all that it accepted, and returns. */
    @Override
    public void close() {
        if (stopping.compareAndSet(false, true)) {
            transports.forEach(Transport::close);
            services.upkeep().close();
            services.activity().save();
        }
    }

    private boolean areRunning() {
        return transports.stream().allMatch(Transport::isRunning);
    }

    private boolean areOpen() {
        return transports.stream().allMatch(Transport::isOpen);
    }

    private void rereadAccounts() {
        if (!services.accounts().reread()) {
            services.metrics().reloadFailed(BridgeMetrics.Reloaded.ACCOUNTS);
        }
        services.activity().use(services.accounts().get());
        safekeeping.shareAmong(services.accounts().get().all().size());
    }
}
