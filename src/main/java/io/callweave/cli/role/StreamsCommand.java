package io.callweave.cli.role;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.operations.StreamsApp;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code streams}: one instance of the topology on a cluster, until a signal stops it. */
@Command(
        name = "streams",
        description = {
            "Run the topology on a Kafka cluster: notifications in, calls out.",
            "Start as many as there is work for; those with the same application.id share it.",
            "Stops cleanly on SIGTERM and SIGINT. Health and metrics: http.host, http.port."
        },
        footer = {
            "",
            "Examples:",
            "  callweave streams --bootstrap-servers=kafka-1:9092,kafka-2:9092",
            "  callweave streams --bootstrap-servers=kafka-1:9092 --set streams.num.stream.threads=2"
        })
public final class StreamsCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions(
            KnownSettings.BOOTSTRAP_SERVERS,
            KnownSettings.APPLICATION_ID,
            KnownSettings.TOPICS_PREFIX,
            KnownSettings.STATE_DIR,
            KnownSettings.STATE_ROCKSDB_MEMORY,
            KnownSettings.HTTP_HOST,
            KnownSettings.HTTP_PORT,
            KnownSettings.COMPLETION_LINGER,
            KnownSettings.COMPLETION_PEER_WAIT,
            KnownSettings.COMPLETION_OPEN_PARTY_WAIT,
            KnownSettings.COMPLETION_MAX_IDLE,
            KnownSettings.COMPLETION_LATE_WINDOW,
            KnownSettings.COMPLETION_SEQUENCE_GAPS,
            KnownSettings.METRICS_TIME_ZONE,
            KnownSettings.METRICS_SERVICE_LEVEL);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = settingsOptions.load(System.getenv());
        AtomicReference<@Nullable StreamsApp> running = new AtomicReference<>();
        Thread stop = new Thread(() -> stop(running.get()), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try (StreamsApp app = StreamsApp.start(StreamsSettings.of(settings))) {
            running.set(app);
            Messages.to(spec)
                    .println("callweave: the topology starts; health, metrics and topology: " + app.httpAddress()
                            + "/health/ready, /metrics, /topology");
            if (app.awaitRunning()) {
                Messages.to(spec).println("callweave: the topology runs.");
            }
            if (app.await()) {
                return ExitStatus.DONE;
            }
        } finally {
            leaveTheEndTo(stop);
        }
        Messages.to(spec).println("callweave: the topology failed; the log says why.");
        return ExitStatus.FAILED;
    }

    /** A signal asks it to end, and it did: the Java machine alone would report 143. */
    private static void stop(@Nullable StreamsApp app) {
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
