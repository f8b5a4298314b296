package io.callweave.bench;

import io.callweave.local.LocalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Measures how long a bridge takes to answer webhooks that come at a fixed rate. */
public final class BridgeBench {

    private final Arrivals arrivals;
    private final Duration warmUp;
    private final Duration time;
    private final Consumer<String> progress;

    /** A phase with its figures. */
    public record Phase(String name, Arrivals.Result result) {}

    /**
     * Of posts to one bridge.
     *
     * @param warmUp before the first phase, whole seconds; with none, the compilers are a part of it
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
     * @param warm hears how many posts the bridge accepted while its broker was there
     * @param stopBroker is called in the middle of a phase
     */
    public List<Phase> run(Consumer<Long> warm, Runnable stopBroker) throws InterruptedException {
        List<Phase> phases = new ArrayList<>();
        phases.add(afterWarmUp("broker up"));
        warm.accept(phases.get(0).result().accepted());
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(
                stopBroker, CompletableFuture.delayedExecutor(time.toMillis() / 2, TimeUnit.MILLISECONDS));
        phases.add(phase("broker goes away"));
        stopped.join();
        phases.add(phase("broker away"));
        return phases;
    }

    private Phase afterWarmUp(String name) throws InterruptedException {
        progress.accept("warm-up");
        arrivals.run(warmUp);
        return phase(name);
    }

    private Phase phase(String name) throws InterruptedException {
        progress.accept(name);
        Arrivals.Result result = arrivals.run(time);
        if (result.accepted() == 0) {
            throw new LocalException("The bridge accepted no webhook: it refused " + result.refused() + ", and "
                    + result.failed() + " had no answer. Look at its address, --account and --token-variable.");
        }
        return new Phase(name, result);
    }
}
