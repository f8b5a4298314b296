package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * Bounds what the records of one task make in one round of its work. What is over it waits, so that the thread reads and posts what
 * is of others meanwhile.
 */
final class RecordIntake {

    /** Webhooks in a round: some milliseconds, and several times as many as an instance can post. */
    static final int MOST_MADE = 100;

    /** A larger record counts as more of them. */
    private static final int BYTES_OF_ONE = 16 * 1_024;

    private final Arrivals arrivals;
    private final Predicate<QueuedWebhook.Origin> isCommitted;
    private final ToIntFunction<ArrivedRecord> reader;
    private int made;

    /**
     * @param isCommitted whether a record is not read again, after a crash. What waits is looked at only then, which delays
     *     nothing: its webhooks are not posted before
     * @param reader makes webhooks of a record, and returns how many, or how many would take as long
     */
    RecordIntake(Arrivals arrivals, Predicate<QueuedWebhook.Origin> isCommitted, ToIntFunction<ArrivedRecord> reader) {
        this.arrivals = arrivals;
        this.isCommitted = isCommitted;
        this.reader = reader;
    }

    /** A record that somebody wants. */
    void take(ArrivedRecord arrival) {
        if (made < MOST_MADE
                && arrivals.isEmpty(arrival.account(), arrival.origin().topic())) {
            read(arrival);
        } else {
            arrivals.add(arrival);
        }
    }

    /** Another round: those that wait come first. */
    void work() {
        made = 0;
        ArrivedRecord next = arrivals.next(isCommitted);
        while (next != null) {
            read(next);
            arrivals.remove(next);
            next = made < MOST_MADE ? arrivals.next(isCommitted) : null;
        }
        arrivals.settle();
    }

    private void read(ArrivedRecord arrival) {
        byte[] value = arrival.value();
        int size = value == null ? 1 : 1 + value.length / BYTES_OF_ONE;
        made += size * Math.max(1, reader.applyAsInt(arrival));
    }
}
