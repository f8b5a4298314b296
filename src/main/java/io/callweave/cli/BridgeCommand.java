package io.callweave.cli;

import io.callweave.bridge.Safekeeping;
import io.callweave.bridge.account.AccountsException;
import io.callweave.bridge.webhook.Bridge;
import io.callweave.bridge.webhook.BridgeConfig;
import io.callweave.operations.Health;
import io.callweave.operations.Meters;
import io.callweave.operations.OperationsServer;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.settings.SettingsException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code bridge}: RingCentral's webhooks into Kafka, until it is told to stop. */
@Command(
        name = "bridge",
        description = {
            "Take RingCentral's webhooks and put the notifications into Kafka.",
            "An answer 200 means that the notification is safe. It starts and takes notifications without a broker too.",
            "Stops cleanly on SIGTERM and SIGINT. Webhooks: bridge.host, bridge.port; health and metrics: http.host, http.port."
        })
final class BridgeCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = settingsOptions.load(System.getenv());
        settings.get(KnownSettings.BOOTSTRAP_SERVERS); // says how to set it
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Thread hook = new Thread(() -> stop(stop, stopped), "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            run(settings, stop);
            return Callweave.DONE;
        } catch (AccountsException e) {
            throw new SettingsException(e.getMessage() + " See bridge.accounts-file and bridge.accounts.", e);
        } finally {
            stopped.countDown();
            leaveTheEndTo(hook);
        }
    }

    private void run(Settings settings, CountDownLatch stop) throws InterruptedException {
        BridgeConfig config = BridgeSettings.of(settings);
        try (Meters meters = new Meters();
                Safekeeping safekeeping = BridgeSafekeeping.open(settings, meters.registry());
                Bridge bridge = Bridge.start(config, safekeeping, meters.registry());
                OperationsServer operations = OperationsServer.start(
                        settings.get(KnownSettings.HTTP_HOST),
                        settings.get(KnownSettings.HTTP_PORT),
                        () -> new Health(bridge.isLive(), bridge.isReady(), bridge.state()),
                        meters::scrape,
                        Map.of("/health/accounts", OperationsServer.Page.json(bridge::accountsHealth)))) {
            Messages.to(spec).println("callweave: webhooks are taken at " + bridge.address());
            Messages.to(spec)
                    .println("callweave: health and metrics: " + operations.address()
                            + "/health/ready, /health/accounts, /metrics");
            stop.await();
            bridge.drain(); // while its health can still be asked for
        }
    }

    /** Whoever sends a signal wants it to end, and it did: the Java machine alone would report 143. */
    private static void stop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await();
            Runtime.getRuntime().halt(Callweave.DONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** If it ends by itself, its own status counts. */
    private static void leaveTheEndTo(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyStopping) {
            // The signal came first.
        }
    }
}
