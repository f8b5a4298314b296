package io.callweave.topology.time;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Asks for a commit soon after the first uncommitted work of a stream thread. A thread that is behind waits for as long as it
 * needs for what is left to read: its output is late anyway, and fewer, larger transactions let it catch up. Far behind, it
 * leaves commits to Kafka Streams' interval. What another thread has still to route may be for any thread, so then all are late.
 * All tasks of a thread share one transaction, so one of them asks for all.
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
        private long lookAt;
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
            own.lookAt = own.since + AFTER.toNanos();
        }
    }

    /** Whether this thread, or all, were far behind when it last asked for a commit, or could have. */
    public boolean isFarBehind() {
        return pending.get().farBehind;
    }

    private void look(ProcessorContext<?, ?> context) {
        Pending own = pending.get();
        long now = nanoTime.getAsLong();
        if (!own.some || now - own.lookAt < 0) {
            return;
        }
        long behind = readAhead.nanosBehind(forAll);
        own.farBehind = behind >= SourceProgress.FAR_BEHIND_NANOS;
        if (own.farBehind) {
            own.since = now;
            own.lookAt = now + AFTER.toNanos();
        } else if (now - own.since < behind) {
            own.lookAt = own.since + behind;
        } else {
            own.some = false;
            context.commit();
        }
    }
}
