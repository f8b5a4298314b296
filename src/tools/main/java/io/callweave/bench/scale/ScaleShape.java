package io.callweave.bench.scale;

import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.Subject;
import java.time.Duration;
import java.util.EnumSet;

/**
 * The size of one point.
 *
 * @param events the fewest notifications of each round
 * @param before the notifications before the first round, about; the simulated time begins that much earlier
 */
record ScaleShape(
        int partitions,
        int threads,
        int accounts,
        int liveCalls,
        long settledCalls,
        int linkedPercent,
        long events,
        long before,
        int rounds) {

    private static final int PARTITIONS = 12;
    private static final int THREADS = 2;
    private static final int ACCOUNTS = 50;
    private static final int LIVE_CALLS = 1_000;
    private static final int SETTLED_CALLS = 50_000;
    private static final int LINKED_PERCENT = 15;

    /** A settled call must be kept for longer than any call takes, or its linked ones come too late. */
    private static final long SETTLED_PER_LIVE_CALL = 10;

    /** A call at a time takes less than so many notifications until as many calls go on as are to. */
    private static final long NOTIFICATIONS_PER_LIVE_CALL = 40;

    private static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    /** The same defaults as {@code bench topology}. */
    static ScaleShape reference(ScaleOptions options) {
        return new ScaleShape(
                PARTITIONS,
                THREADS,
                ACCOUNTS,
                (int) Math.max(1, Math.min(LIVE_CALLS, options.most() / SETTLED_PER_LIVE_CALL)),
                Math.min(SETTLED_CALLS, options.most()),
                LINKED_PERCENT,
                options.events(),
                options.warmUp(),
                // The reference runs beside every point, and a point also after restarts.
                options.rounds() * (1 + options.points()));
    }

    ScaleShape withPartitions(long number) {
        return new ScaleShape(
                (int) number, threads, accounts, liveCalls, settledCalls, linkedPercent, events, before, rounds);
    }

    ScaleShape withThreads(long number) {
        return new ScaleShape(
                partitions, (int) number, accounts, liveCalls, settledCalls, linkedPercent, events, before, rounds);
    }

    ScaleShape withAccounts(long number) {
        return new ScaleShape(
                partitions, threads, (int) number, liveCalls, settledCalls, linkedPercent, events, before, rounds);
    }

    /** With 0 settled calls, no call is closed. */
    ScaleShape withLiveCalls(long number) {
        return new ScaleShape(partitions, threads, accounts, (int) number, 0, linkedPercent, events, before, rounds);
    }

    ScaleShape withSettledCalls(long number) {
        return new ScaleShape(partitions, threads, accounts, liveCalls, number, linkedPercent, events, before, rounds);
    }

    ScaleShape withLinkedPercent(long number) {
        return new ScaleShape(
                partitions, threads, accounts, liveCalls, settledCalls, (int) number, events, before, rounds);
    }

    BenchOptions options() {
        return new BenchOptions(
                events,
                before + liveCalls * NOTIFICATIONS_PER_LIVE_CALL,
                rounds,
                partitions,
                threads,
                accounts,
                liveCalls,
                settledCalls,
                COMMIT_INTERVAL,
                EnumSet.of(Subject.CALLWEAVE, Subject.DSL),
                linkedPercent);
    }
}
