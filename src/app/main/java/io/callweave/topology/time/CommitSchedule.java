package io.callweave.topology.time;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit soon after the first uncommitted work of a stream thread, unless the thread is far behind: then its output
 * is late anyway, and Kafka Streams' commit interval, which is longer, makes fewer and larger transactions. What another thread
 * has still to route may be for any thread, so then all are late. All tasks of a thread share one transaction, so one of them
 * asks for all.
 */
public final class CommitSchedule {

    /** Together with one tick, readers wait at most 100 ms. */
    private static final Duration AFTER = Duration.ofMillis(60);

    private static final Duration TICK = Duration.ofMillis(40);

    private final SourceProgress readAhead;
    private final String forAll;
    private final LongSupplier nanoTime;
    private final ThreadLocal<Pending> pending = ThreadLocal.withInitial(Pending::new);

    /** What a stream thread has not committed yet. */
    private static final class Pending {
        private boolean some;
        private long since;
        private boolean farBehind;
    }

    /**
     * Waits for nothing yet.
     *
     * @param forAll the topic that is routed to all threads; empty if most records are read where they belong
     * @param nanoTime as {@link System#nanoTime}
     */
    public CommitSchedule(SourceProgress readAhead, String forAll, LongSupplier nanoTime) {
        this.readAhead = readAhead;
        this.forAll = forAll;
        this.nanoTime = nanoTime;
    }

    /**
     * Lets a task ask; to be called when its processor is initialized.
     *
     * @return what to cancel when that is closed
     */
    public Cancellable start(ProcessorContext<?, ?> context) {
        return context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> look(context));
    }

    /** The task that runs on this thread has read or written something. */
    public void worked() {
        Pending own = pending.get();
        if (!own.some) {
            own.some = true;
            own.since = nanoTime.getAsLong();
        }
    }

    /** Whether this thread, or all, were far behind when it last asked for a commit, or could have. */
    public boolean isFarBehind() {
        return pending.get().farBehind;
    }

    private void look(ProcessorContext<?, ?> context) {
        Pending own = pending.get();
        long now = nanoTime.getAsLong();
        if (!own.some || now - own.since < AFTER.toNanos()) {
            return;
        }
        own.farBehind = readAhead.isFarBehind(forAll);
        if (own.farBehind) {
            own.since = now;
        } else {
            own.some = false;
            context.commit();
        }
    }
}
