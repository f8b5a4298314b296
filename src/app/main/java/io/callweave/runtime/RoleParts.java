package io.callweave.runtime;

import io.callweave.runtime.options.RoleOptions;
import io.callweave.runtime.startup.OperationsException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a role. Metrics and the HTTP server of health come first, so that a start can be watched. Then come its parts,
 * each after those that it needs. They stop the other way round; so health is served until the end.
 */
public final class RoleParts implements AutoCloseable {

    /** For all parts together. An orchestrator that kills has to wait longer than this. */
    public static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(RoleParts.class);
    private static final Health STARTING = new Health(true, false, "STARTING");
    private static final Health STOPPING = new Health(true, false, "STOPPING");

    private final String role;
    private final Duration stopTimeout;
    private final CloseStack opened = new CloseStack();
    private final Meters meters = opened.keep(new Meters());
    private final RoleServer server;
    private final CompletableFuture<Boolean> running = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private volatile Supplier<Health> health = () -> STARTING;

    private RoleParts(String role, RoleOptions.Http http, Duration stopTimeout) {
        this.role = role;
        this.stopTimeout = stopTimeout;
        try {
            server = opened.keep(
                    RoleServer.start(role, http, () -> stopping.get() ? STOPPING : health.get(), meters::scrape));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Starts a role. If a part fails, those before it are stopped.
     *
     * @param role its name, such as {@code bridge}
     * @param options say where health and metrics are
     * @param start starts the parts, and {@link #keep keeps} each
     * @throws OperationsException if the address cannot be taken; also what the start throws
     */
    public static <R> R start(String role, RoleOptions options, Function<RoleParts, R> start) {
        return start(role, options.http(), STOP_TIMEOUT, start);
    }

    static <R> R start(String role, RoleOptions.Http http, Duration stopTimeout, Function<RoleParts, R> start) {
        RoleParts parts = new RoleParts(role, http, stopTimeout);
        try {
            return start.apply(parts);
        } catch (RuntimeException | Error e) {
            parts.close();
            throw e;
        }
    }

    /** Stops this part before all that were kept earlier. */
    public <T extends AutoCloseable> T keep(T part) {
        return opened.keep(part);
    }

    public Meters meters() {
        return meters;
    }

    /** How the role is, from now on and until it stops. */
    public void show(Supplier<Health> now) {
        health = now;
    }

    /** Serves a further page beside health and metrics. */
    public void show(String path, RoleServer.Page page) {
        server.show(path, page);
    }

    public String name() {
        return role;
    }

    /** Where health and metrics are, such as {@code http://127.0.0.1:8080}. */
    public String httpAddress() {
        return server.address();
    }

    /** It works, for the first time. */
    public void works() {
        running.complete(true);
    }

    /** It has stopped for good: only a restart helps, and the log says why. */
    public void fails() {
        running.complete(false);
        ended.complete(false);
    }

    /** True when it works for the first time, false if it ended before. */
    public CompletableFuture<Boolean> running() {
        return running;
    }

    /** True when it was closed, false if it failed. */
    public CompletableFuture<Boolean> ended() {
        return ended;
    }

    /** Stops all parts, or gives up after {@link #STOP_TIMEOUT}: a part that hangs must not keep the process. */
    @Override
    public void close() {
        if (!stopping.compareAndSet(false, true)) {
            return;
        }
        // On a thread of its own, also because a signal during the start has interrupted this one.
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(this::closeOpened, this::inThread)
                .orTimeout(stopTimeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            stopped.join();
        } catch (CompletionException late) {
            LOG.atError()
                    .setMessage("A part did not stop in time; what it did last may be repeated.")
                    .addKeyValue("role", role)
                    .addKeyValue("part", opened.closing())
                    .addKeyValue("timeout", stopTimeout)
                    .log();
        }
        running.complete(false);
        ended.complete(true);
    }

    private void closeOpened() {
        try {
            opened.close();
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .setMessage("A part did not stop cleanly.")
                    .addKeyValue("role", role)
                    .setCause(e)
                    .log();
        }
    }

    private void inThread(Runnable task) {
        Thread thread = new Thread(task, "stop-" + role);
        thread.setDaemon(true);
        thread.start();
    }
}
