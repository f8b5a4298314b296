package io.callweave.bench;

import io.callweave.files.LocalException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Measures how long a bridge takes to answer webhooks that come at a fixed rate: with its broker, while that goes away, and without. */
public final class BridgeBench {

    private final Arrivals arrivals;
    private final Consumer<String> progress;
    private long accepted;

    /** A phase with its figures. */
    public record Phase(String name, Arrivals.Result result) {}

    /**
     * Of posts to one bridge.
     *
     * @param progress is called when a phase begins
     */
    public BridgeBench(int perSecond, WebhookPosts posts, Consumer<String> progress) {
        arrivals = new Arrivals(perSecond, posts);
        this.progress = progress;
    }

    /**
     * Runs all phases.
     *
     * @param warmUp before the first phase, whole seconds
     * @param time of each phase, whole seconds
     * @param withBroker hears how many posts the bridge accepted while its broker was there, in the warm-up too
     * @param stopBroker is called in the middle of a phase
     * @throws LocalException if the bridge accepts nothing
     */
    public List<Phase> run(Duration warmUp, Duration time, LongConsumer withBroker, Runnable stopBroker)
            throws InterruptedException {
        phase("warm-up", warmUp);
        Phase up = phase("broker up", time);
        withBroker.accept(accepted);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(
                stopBroker, CompletableFuture.delayedExecutor(time.toMillis() / 2, TimeUnit.MILLISECONDS));
        Phase change = phase("broker goes away", time);
        stopped.join();
        return List.of(up, change, phase("broker away", time));
    }

    private Phase phase(String name, Duration time) throws InterruptedException {
        progress.accept(name);
        Arrivals.Result result = arrivals.run(time);
        if (result.latency().number() == 0) {
            throw new LocalException("The bridge accepted no webhook: it refused " + result.refused() + ", and "
                    + result.failed() + " had no answer.");
        }
        accepted += result.latency().number();
        return new Phase(name, result);
    }
}
