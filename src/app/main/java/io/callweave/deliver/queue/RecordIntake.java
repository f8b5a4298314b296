package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what the records of one task make in one round of its work. What is over it waits, so that the thread reads and posts what
 * is of others meanwhile.
 */
final class RecordIntake {

    /** Webhooks in a round: some milliseconds, and several times as many as an instance can post. */
    static final int MOST_MADE = 100;

    /** A larger record counts as more of them. */
    private static final int BYTES_OF_ONE = 16 * 1_024;

    /** Of a record in a round, however large: it is read again for the next ones. */
    static final int LEAST_OF_ONE = 4;

    private final Arrivals arrivals;
    private final Predicate<QueuedWebhook.Origin> isCommitted;
    private final Reader reader;

    /** Of records that are looked at for some subscriptions: the last of these. */
    private final Map<QueuedWebhook.Origin, String> begun = new HashMap<>();

    private int made;

    /** Makes webhooks of a record. */
    @FunctionalInterface
    interface Reader {

        /**
         * Looks at it for one subscription after the other, in the order of their ids.
         *
         * @param after the subscription to go on behind; "" to begin
         * @param most webhooks to make
         */
        Made read(ArrivedRecord arrival, String after, int most);
    }

    /**
     * What a record made.
     *
     * @param cost how many webhooks, or how many would take as long
     * @param last the subscription to go on behind; null if that is all
     */
    record Made(int cost, @Nullable String last) {}

    /**
     * @param isCommitted whether a record is not read again, after a crash. What waits is looked at only then, which delays
     *     nothing: its webhooks are not posted before
     */
    RecordIntake(Arrivals arrivals, Predicate<QueuedWebhook.Origin> isCommitted, Reader reader) {
        this.arrivals = arrivals;
        this.isCommitted = isCommitted;
        this.reader = reader;
    }

    /** A record that somebody wants. */
    void take(ArrivedRecord arrival) {
        boolean isTurn = made < MOST_MADE
                && arrivals.isEmpty(arrival.account(), arrival.origin().topic());
        if (!isTurn || !read(arrival)) {
            arrivals.add(arrival);
        }
    }

    /** Another round: those that wait come first. */
    void work() {
        made = 0;
        ArrivedRecord next = arrivals.next(isCommitted);
        while (next != null) {
            if (read(next)) {
                arrivals.remove(next);
            }
            next = made < MOST_MADE ? arrivals.next(isCommitted) : null;
        }
        arrivals.settle();
    }

    /** Returns whether all is made of it. */
    private boolean read(ArrivedRecord arrival) {
        byte[] value = arrival.value();
        int size = value == null ? 1 : 1 + value.length / BYTES_OF_ONE;
        Made now = reader.read(
                arrival, begun.getOrDefault(arrival.origin(), ""), Math.max(LEAST_OF_ONE, MOST_MADE / size));
        made += size * Math.max(1, now.cost());
        if (now.last() == null) {
            begun.remove(arrival.origin());
            return true;
        }
        begun.put(arrival.origin(), now.last());
        return false;
    }
}
