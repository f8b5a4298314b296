package io.callweave.cli.role;

import io.callweave.cli.common.ExitStatus;
import io.callweave.operations.ClusterApp;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a Kafka Streams application until a signal stops it or it fails, and says on stderr where it is. */
public final class ClusterAppRun {

    private ClusterAppRun() {}

    /**
     * Starts the application and waits until it has ended.
     *
     * @param name in sentences, such as {@code the topology}
     * @param offers in words what its HTTP port serves
     * @param paths where that is
     * @param app starts the application; it is closed here
     * @return the exit status
     */
    public static int untilItEnds(
            PrintWriter messages, String name, String offers, String paths, Supplier<? extends ClusterApp> app)
            throws InterruptedException {
        AtomicReference<@Nullable ClusterApp> running = new AtomicReference<>();
        Thread stop = new Thread(() -> stop(running.get()), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try (ClusterApp started = app.get()) {
            running.set(started);
            messages.println("callweave: " + name + " starts; " + offers + ": " + started.httpAddress() + paths);
            if (started.awaitRunning()) {
                messages.println("callweave: " + name + " runs.");
            }
            if (started.await()) {
                return ExitStatus.DONE;
            }
        } finally {
            leaveTheEndTo(stop);
        }
        messages.println("callweave: " + name + " failed; the log says why.");
        return ExitStatus.FAILED;
    }

    /** A signal asks it to end, and it did: the Java machine alone would report 143. */
    private static void stop(@Nullable ClusterApp app) {
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
