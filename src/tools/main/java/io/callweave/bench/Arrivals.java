package io.callweave.bench;

import io.callweave.bench.figures.Delays;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Sends at a fixed rate, whether or not answers come, and measures each answer from the moment at which its request was
 * due. So a delay of the subject also counts for the requests that wait behind it.
 */
public final class Arrivals {

    private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();
    private static final int DIGITS = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final int perSecond;
    private final IntFunction<CompletableFuture<Boolean>> send;
    private int next;

    /**
     * The results of a phase.
     *
     * @param latency of accepted requests
     * @param perSecond accepted requests, over the whole time until the last answer
     */
    public record Result(long refused, long failed, double perSecond, Delays latency) {}

    /** @param send sends the request with this number; true if it is accepted, false if it is refused */
    public Arrivals(int perSecond, IntFunction<CompletableFuture<Boolean>> send) {
        this.perSecond = perSecond;
        this.send = send;
    }

    /** Sends for this time and waits for the last answer. The numbers continue in the next call. */
    public Result run(Duration time) throws InterruptedException {
        ConcurrentHistogram latency = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
        AtomicLong refused = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        AtomicLong open = new AtomicLong();
        long count = time.toNanos() / NANOS_PER_SECOND * perSecond;
        long start = System.nanoTime();
        for (long i = 0; i < count; i++) {
            long due = start + i * NANOS_PER_SECOND / perSecond;
            await(due);
            open.incrementAndGet();
            var unused = send.apply(next++).whenComplete((accepted, failure) -> {
                if (failure != null) {
                    failed.incrementAndGet();
                } else if (accepted) {
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
        return new Result(refused.get(), failed.get(), latency.getTotalCount() / seconds, Delays.of(latency));
    }

    private static void await(long due) {
        for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
            LockSupport.parkNanos(wait);
        }
    }
}
