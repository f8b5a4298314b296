package io.callweave.cli.deliver;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.role.DeliverSettings;
import io.callweave.deliver.app.DeliverApp;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code deliver}: one instance of the deliverer on a cluster, until it is told to stop. */
@Command(
        name = "deliver",
        description = {
            "Post complete calls to the endpoints of subscribers, as signed webhooks.",
            "Start as many as there is work for; those with the same application.id share it.",
            "Stops cleanly on SIGTERM and SIGINT. Health, metrics and status: http.host, http.port."
        },
        subcommands = {SubscriptionsCommand.class, RetryCommand.class, StatusCommand.class},
        footer = {
            "",
            "Examples:",
            "  callweave deliver --bootstrap-servers=kafka-1:9092 --deliver-key-file=keys",
            "  callweave deliver subscriptions list --bootstrap-servers=kafka-1:9092"
        })
public final class DeliverCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions(
            KnownSettings.BOOTSTRAP_SERVERS,
            KnownSettings.APPLICATION_ID,
            KnownSettings.TOPICS_PREFIX,
            KnownSettings.STATE_DIR,
            KnownSettings.DELIVER_KEY_FILE,
            KnownSettings.DELIVER_SECRETS_DIR,
            KnownSettings.DELIVER_ALLOWED_NETWORKS,
            KnownSettings.DELIVER_CONCURRENCY,
            KnownSettings.DELIVER_TIMEOUT,
            KnownSettings.HTTP_HOST,
            KnownSettings.HTTP_PORT);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = settingsOptions.load(System.getenv());
        AtomicReference<@Nullable DeliverApp> running = new AtomicReference<>();
        Thread stop = new Thread(() -> stop(running.get()), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try (DeliverApp app = DeliverApp.start(DeliverSettings.of(settings, System.getenv()))) {
            running.set(app);
            Messages.to(spec)
                    .println("callweave: the deliverer starts; health, metrics and status: " + app.httpAddress()
                            + "/health/ready, /metrics, /deliver/status");
            if (app.awaitRunning()) {
                Messages.to(spec).println("callweave: the deliverer runs.");
            }
            if (app.await()) {
                return ExitStatus.DONE;
            }
        } finally {
            leaveTheEndTo(stop);
        }
        Messages.to(spec).println("callweave: the deliverer failed; the log says why.");
        return ExitStatus.FAILED;
    }

    /** A signal asks it to end, and it did: the Java machine alone would report 143. */
    private static void stop(@Nullable DeliverApp app) {
        if (app != null) {
            app.close();
        }
        Runtime.getRuntime().halt(ExitStatus.DONE);
    }

    /** If it ends by itself, its own status counts. */
    private static void leaveTheEndTo(Thread stop) {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException alreadyStopping) {
            // The signal came first.
        }
    }
}
