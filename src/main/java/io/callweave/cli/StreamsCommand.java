package io.callweave.cli;

import io.callweave.operations.StreamsApp;
import io.callweave.settings.Settings;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code streams}: one instance of the topology on a cluster, until it is told to stop. */
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
final class StreamsCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

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
                    .println("callweave: the topology runs; health, metrics and topology: " + app.httpAddress()
                            + "/health/ready, /metrics, /topology");
            if (app.await()) {
                return Callweave.DONE;
            }
        } finally {
            leaveTheEndTo(stop);
        }
        Messages.to(spec).println("callweave: the topology failed; the log says why.");
        return Callweave.FAILED;
    }

    /** Whoever sends a signal wants it to end, and it did: the Java machine alone would report 143. */
    private static void stop(@Nullable StreamsApp app) {
        if (app != null) {
            app.close();
        }
        Runtime.getRuntime().halt(Callweave.DONE);
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
