package io.callweave.bench;

import io.callweave.files.LocalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Measures how long a bridge takes to answer webhooks that come at a fixed rate. */
public final class BridgeBench {

    private final Arrivals arrivals;
    private final Duration warmUp;
    private final Duration time;
    private final Consumer<String> progress;
    private long accepted;

    /** A phase with its figures. */
    public record Phase(String name, Arrivals.Result result) {}

    /**
     * Of posts to one bridge.
     *
     * @param warmUp before the first phase, whole seconds
     * @param time of each phase, whole seconds
     * @param progress is called when a phase begins
     */
    public BridgeBench(int perSecond, Duration warmUp, Duration time, WebhookPosts posts, Consumer<String> progress) {
        arrivals = new Arrivals(perSecond, posts);
        this.warmUp = warmUp;
        this.time = time;
        this.progress = progress;
    }

    /**
     * Measures a bridge as it is.
     *
     * @throws LocalException if it accepts nothing
     */
    public List<Phase> run() throws InterruptedException {
        return List.of(afterWarmUp("over HTTP"));
    }

    /**
     * Measures a bridge with its broker, while the broker goes away, and without it.
     *
     * @param withBroker hears how many posts the bridge accepted while its broker was there, in the warm-up too
     * @param stopBroker is called in the middle of a phase
     */
    public List<Phase> run(LongConsumer withBroker, Runnable stopBroker) throws InterruptedException {
        List<Phase> phases = new ArrayList<>();
        phases.add(afterWarmUp("broker up"));
        withBroker.accept(accepted);
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(
                stopBroker, CompletableFuture.delayedExecutor(time.toMillis() / 2, TimeUnit.MILLISECONDS));
        phases.add(phase("broker goes away"));
        stopped.join();
        phases.add(phase("broker away"));
        return phases;
    }

    private Phase afterWarmUp(String name) throws InterruptedException {
        progress.accept("warm-up");
        accepted += arrivals.run(warmUp).accepted();
        return phase(name);
    }

    private Phase phase(String name) throws InterruptedException {
        progress.accept(name);
        Arrivals.Result result = arrivals.run(time);
        if (result.accepted() == 0) {
            throw new LocalException("The bridge accepted no webhook: it refused " + result.refused() + ", and "
                    + result.failed() + " had no answer. Look at its address, --account and --token-variable.");
        }
        accepted += result.accepted();
        return new Phase(name, result);
    }
}
