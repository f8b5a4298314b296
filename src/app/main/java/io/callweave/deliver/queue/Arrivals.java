package io.callweave.deliver.queue;

import io.callweave.deliver.post.QueuedWebhook;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What one task has read and not looked at yet: an account can have a hundred subscriptions, each of which wants a hundred
 * thousand events, and nobody else may wait until all these are in the queue. Each account has a line for each topic, in the order
 * of the topic, and the lines take turns.
 *
 * <p>It shares the store of the {@link DeliveryQueue}, and so its changelog: what a record made is written before the record
 * leaves its line. So none is lost in a crash; the last ones can be looked at again.
 */
final class Arrivals {

    private final KeyValueStore<Bytes, byte[]> store;

    /** The first is the next. */
    private final Map<Bytes, Line> lines = new LinkedHashMap<>();

    /** From: none has an offset before; it saves a scan over deleted keys, and over what is not ready. */
    private static final class Line {
        private final String topic;
        private long waiting;
        private long from = Long.MAX_VALUE;

        Line(String topic) {
            this.topic = topic;
        }
    }

    Arrivals(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.range(QueueKeys.FIRST_ARRIVAL, QueueKeys.AFTER_ARRIVALS)) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                enter(QueueKeys.line(key), QueueKeys.offset(key));
            }
        }
    }

    /** Whether nothing of a topic waits for an account. */
    boolean isEmpty(String account, String topic) {
        return !lines.containsKey(QueueKeys.line(QueueKeys.ofArrival(account, topic, 0)));
    }

    /** Adds it to its line. If it is there since before a crash it is written again: the changelog may lack it. */
    void add(Arrival arrival) {
        Bytes key = key(arrival);
        boolean isKnown = store.get(key) != null;
        store.put(key, ArrivalCodec.write(arrival));
        if (!isKnown) {
            enter(QueueKeys.line(key), arrival.origin().offset());
        }
    }

    /**
     * The first of the next line whose first one is ready; this line is the last one then. Null if there is none.
     *
     * @param ready tells of what was read where; if it is true of a record, then of all that were read before it, too
     */
    @Nullable
    Arrival next(Predicate<QueuedWebhook.Origin> ready) {
        for (int left = lines.size(); left > 0; left--) {
            Map.Entry<Bytes, Line> turn = lines.entrySet().iterator().next();
            lines.remove(turn.getKey());
            Line line = turn.getValue();
            lines.put(turn.getKey(), line);
            if (ready.test(new QueuedWebhook.Origin(line.topic, line.from))) {
                Arrival first = first(turn.getKey(), line);
                if (ready.test(first.origin())) {
                    return first;
                }
            }
        }
        return null;
    }

    private Arrival first(Bytes name, Line line) {
        try (KeyValueIterator<Bytes, byte[]> range =
                store.range(QueueKeys.ofArrival(name, line.from), QueueKeys.ofArrival(name, Long.MAX_VALUE))) {
            Arrival first = ArrivalCodec.read(range.next().value);
            line.from = first.origin().offset();
            return first;
        }
    }

    /** The first of its line has been looked at. */
    void remove(Arrival first) {
        Bytes key = key(first);
        store.delete(key);
        lines.computeIfPresent(QueueKeys.line(key), (name, line) -> {
            line.from = first.origin().offset() + 1;
            return --line.waiting == 0 ? null : line;
        });
    }

    private static Bytes key(Arrival arrival) {
        QueuedWebhook.Origin origin = arrival.origin();
        return QueueKeys.ofArrival(arrival.account(), origin.topic(), origin.offset());
    }

    private void enter(Bytes name, long offset) {
        Line line = lines.computeIfAbsent(name, key -> new Line(QueueKeys.topic(key)));
        line.waiting++;
        line.from = Math.min(line.from, offset);
    }
}
