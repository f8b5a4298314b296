package io.callweave.bench;

import io.callweave.bench.figures.Delays;
import io.callweave.files.LocalException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Measures how long a bridge takes to answer webhooks that come at a fixed rate, whether or not answers come: with its broker,
 * while that goes away, and without. Each answer is measured from the moment at which its request was due. So a delay also counts for
 * the requests that wait behind it.
 */
public final class BridgeBench {

    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final int DIGITS = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final int perSecond;
    private final IntFunction<CompletableFuture<Boolean>> posts;
    private final Consumer<String> progress;
    private int next;
    private long accepted;

    /**
     * A phase with its figures.
     *
     * @param perSecond accepted requests, over the whole time until the last answer
     * @param latency of accepted requests
     */
    public record Phase(String name, long refused, long failed, double perSecond, Delays latency) {}

    /**
     * Of posts to one bridge.
     *
     * @param posts sends the request with this number; true if it is accepted, false if it is refused
     * @param progress is called when a phase begins
     */
    public BridgeBench(int perSecond, IntFunction<CompletableFuture<Boolean>> posts, Consumer<String> progress) {
        this.perSecond = perSecond;
        this.posts = posts;
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
        ConcurrentHistogram latency = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
        AtomicLong refused = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        AtomicLong open = new AtomicLong();
        long count = time.toNanos() / NANOS_PER_SECOND * perSecond;
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + i * NANOS_PER_SECOND / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            open.incrementAndGet();
            var unused = posts.apply(next++).whenComplete((isAccepted, failure) -> {
                if (failure != null) {
                    failed.incrementAndGet();
                } else if (isAccepted) {
                    latency.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - due));
                } else {
                    refused.incrementAndGet();
                }
                open.decrementAndGet();
            });
        }
        while (open.get() > 0) {
            Thread.sleep(1); // the answers carry their own times, so this changes no figure
        }
        double seconds = (System.nanoTime() - start) / (double) NANOS_PER_SECOND;
        Phase phase =
                new Phase(name, refused.get(), failed.get(), latency.getTotalCount() / seconds, Delays.of(latency));
        if (phase.latency().number() == 0) {
            throw new LocalException("The bridge accepted no webhook: it refused " + phase.refused() + ", and "
                    + phase.failed() + " had no answer.");
        }
        accepted += latency.getTotalCount();
        return phase;
    }
}
