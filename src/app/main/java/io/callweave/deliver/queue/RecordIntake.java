package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what the records of an account make in one round of the work of a task. What is over it waits, so that the thread reads and
 * posts what is of others meanwhile.
 */
final class RecordIntake {

    /** Webhooks of an account in a round, before its further records have to wait. */
    static final int MOST_MADE = 100;

    /** Of what has waited: several times as many as an instance can post. */
    private static final int MOST_IN_ROUND = 300;

    /** A record that makes nothing is a part of one that makes a webhook: to let it wait would cost more. */
    private static final int PARTS = 10;

    /** To read so many bytes, and to store them once for all subscriptions, counts as one of them. */
    private static final int BYTES_OF_ONE = 16 * 1_024;

    private final Arrivals arrivals;
    private final Predicate<QueuedWebhook.Origin> isCommitted;
    private final Reader reader;

    /** Of records that are looked at for some subscriptions: the last of these. */
    private final Map<QueuedWebhook.Origin, String> begun = new HashMap<>();

    /** Records of an account wait for some rounds after one that made very much. */
    private static final int MOST_ROUNDS = 10;

    /** By account, less what rounds allow: what all make together must keep nobody waiting who makes little. */
    private final Map<String, Integer> made = new HashMap<>();

    private final InstantSource clock;

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
     * @param webhooks how many
     * @param looks how many webhooks would take as long as what filters looked up
     * @param last the subscription to go on behind; null if that is all
     */
    record Made(int webhooks, int looks, @Nullable String last) {}

    /**
     * @param isCommitted whether a record is not read again, after a crash. What waits is looked at only then, which delays
     *     nothing: its webhooks are not posted before
     */
    RecordIntake(Arrivals arrivals, Predicate<QueuedWebhook.Origin> isCommitted, Reader reader, InstantSource clock) {
        this.arrivals = arrivals;
        this.isCommitted = isCommitted;
        this.reader = reader;
        this.clock = clock;
    }

    /** A record that somebody wants. */
    void take(ArrivedRecord arrival) {
        boolean isTurn = made.getOrDefault(arrival.account(), 0) < MOST_MADE * PARTS
                && arrivals.isEmpty(arrival.account(), arrival.origin().topic());
        if (!isTurn || !read(arrival)) {
            arrivals.add(arrival);
        }
    }

    /**
     * Another round, for those that wait.
     *
     * @param most time that it may take, but for what one record makes
     */
    void work(Duration most) {
        int inOne = MOST_MADE * PARTS;
        made.replaceAll((account, cost) -> Math.min(cost, MOST_ROUNDS * inOne) - inOne);
        made.values().removeIf(cost -> cost <= 0);
        Instant end = clock.instant().plus(most);
        int inRound = 0;
        do {
            ArrivedRecord next = arrivals.next(isCommitted);
            if (next == null) {
                break;
            }
            int before = made.getOrDefault(next.account(), 0);
            if (read(next)) {
                arrivals.remove(next);
            }
            inRound += made.getOrDefault(next.account(), 0) - before;
        } while (inRound < MOST_IN_ROUND * PARTS && clock.instant().isBefore(end));
        arrivals.settle();
    }

    /** Returns whether all is made of it. */
    private boolean read(ArrivedRecord arrival) {
        byte[] value = arrival.value();
        int size = value == null ? 0 : value.length / BYTES_OF_ONE;
        Made now = reader.read(arrival, begun.getOrDefault(arrival.origin(), ""), MOST_MADE);
        int cost = Math.max(1, PARTS * (size + now.webhooks() + now.looks()));
        made.merge(arrival.account(), cost, Integer::sum);
        arrivals.done(arrival.account(), cost);
        if (now.last() == null) {
            begun.remove(arrival.origin());
            return true;
        }
        begun.put(arrival.origin(), now.last());
        return false;
    }
}
