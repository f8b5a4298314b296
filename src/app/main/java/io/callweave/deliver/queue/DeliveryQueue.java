package io.callweave.deliver.queue;

import io.callweave.deliver.activity.Backlog;
import io.callweave.deliver.post.QueuedWebhook;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What waits for endpoints in one task, in one store: the deliveries and their values by subscription and slot, and for each subscription in the
 * order in which they are due. A slot has one delivery at most.
 *
 * <p>After a crash the store can have a part of the last writes, or read older ones again. Therefore every delivery has at all
 * times at least one key in the order, and a key that does not fit its delivery is repaired when it is read. The store can also
 * have what its changelog lacks, from which another instance restores it. Therefore what is put again is written again.
 */
final class DeliveryQueue {

    private static final byte[] NOTHING = {};

    private static final int MOST_SHARED = 1_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, Line> lines = new HashMap<>();

    /** Those that were read last, by the id of the webhook. */
    private final Map<String, WeakReference<byte[]>> values = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WeakReference<byte[]>> eldest) {
            return size() > MOST_SHARED;
        }
    };

    /**
     * What is known without the stores. From: no delivery is due before; it saves a scan over deleted keys. Quiet until: a scan
     * before this time finds nothing that the last one did not find.
     */
    private static final class Line {
        private long waiting;
        private long from = Long.MAX_VALUE;
        private long quietUntil;
    }

    /** @throws io.callweave.topology.state.OtherFormatException if another version wrote the store */
    DeliveryQueue(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        refuseOthers();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(QueueKeys.FIRST_IN_ORDER, QueueKeys.FIRST_ARRIVAL)) {
            while (all.hasNext()) {
                Bytes key = all.next().key;
                enter(QueueKeys.subscription(key), QueueKeys.due(key));
            }
        }
    }

    /** Other forms have keys that this one never looks at. */
    private void refuseOthers() {
        try (KeyValueIterator<Bytes, byte[]> others = store.range(QueueKeys.AFTER_ALL, null)) {
            if (others.hasNext()) {
                DeliveryCodec.reader(others.next().value);
            }
        }
    }

    /** Without its value: most are only looked at, and one can be of megabytes. */
    @Nullable
    QueuedWebhook get(String subscription, String slot) {
        byte[] found = store.get(QueueKeys.ofSlot(subscription, slot));
        return found == null ? null : DeliveryCodec.read(found);
    }

    /** With its value. Null if the store is damaged: none is there without one. */
    @Nullable
    QueuedWebhook whole(QueuedWebhook delivery) {
        byte[] found = store.get(valueKey(delivery));
        return found == null ? null : delivery.with(shared(delivery.occurrence().id(), DeliveryCodec.readValue(found)));
    }

    private static Bytes valueKey(QueuedWebhook delivery) {
        return QueueKeys.ofValue(delivery.subscription(), delivery.occurrence().id());
    }

    /** A hundred subscriptions can have the same one in memory. */
    private byte[] shared(String id, byte[] value) {
        WeakReference<byte[]> known = values.get(id);
        byte[] other = known == null ? null : known.get();
        if (other != null && Arrays.equals(other, value)) {
            return other;
        }
        values.put(id, new WeakReference<>(value));
        return value;
    }

    /** Puts it into its place, instead of what has its slot now. */
    void put(QueuedWebhook delivery) {
        // First: none is there without a value.
        store.put(
                valueKey(delivery),
                DeliveryCodec.writeValue(delivery.occurrence().value()));
        putAgain(delivery);
    }

    /** One that has its value in the store. */
    void putAgain(QueuedWebhook delivery) {
        String slot = delivery.occurrence().slot();
        QueuedWebhook before = get(delivery.subscription(), slot);
        line(delivery);
        store.put(QueueKeys.ofSlot(delivery.subscription(), slot), DeliveryCodec.write(delivery));
        if (before != null && before.due() != delivery.due()) {
            leave(before.subscription(), before.due(), slot);
        }
        if (before != null && !valueKey(before).equals(valueKey(delivery))) {
            store.delete(valueKey(before));
        }
    }

    /** Makes sure that a delivery of the queue has its place in the order. Written in any case: the changelog may lack it. */
    private void line(QueuedWebhook delivery) {
        Bytes key = QueueKeys.ofTime(
                delivery.subscription(), delivery.due(), delivery.occurrence().slot());
        boolean isKnown = store.get(key) != null;
        store.put(key, NOTHING);
        if (isKnown) {
            rescan(delivery.subscription());
        } else {
            enter(delivery.subscription(), delivery.due());
        }
    }

    void remove(QueuedWebhook delivery) {
        String slot = delivery.occurrence().slot();
        store.delete(QueueKeys.ofSlot(delivery.subscription(), slot));
        store.delete(valueKey(delivery));
        leave(delivery.subscription(), delivery.due(), slot);
    }

    /** The subscriptions for which something waits. */
    Set<String> subscriptions() {
        return Set.copyOf(lines.keySet());
    }

    Map<String, Backlog> backlogs() {
        Map<String, Backlog> backlogs = new HashMap<>();
        lines.forEach((subscription, line) -> backlogs.put(subscription, new Backlog(line.waiting, line.from)));
        return backlogs;
    }

    /** As {@link #due}, but only if there can be something that the visitor has not seen. */
    void newlyDue(String subscription, long now, Predicate<String> wanted, Predicate<QueuedWebhook> visitor) {
        Line line = lines.get(subscription);
        if (line != null && line.quietUntil <= now) {
            // The visitor may put or remove something, which ends the quiet.
            line.quietUntil = Long.MAX_VALUE;
            long next = due(subscription, now, wanted, visitor);
            line.quietUntil = Math.min(line.quietUntil, next);
        }
    }

    /** The next scan must look at everything. */
    void rescan(String subscription) {
        Line line = lines.get(subscription);
        if (line != null) {
            line.quietUntil = 0;
        }
    }

    /**
     * Goes through what is due, the longest due first.
     *
     * @param wanted whether to look at the delivery of a slot
     * @param visitor false to end
     * @return when there is something else to look at: 0 if the visitor ended it, the time when the next one is due, or
     *     {@link Long#MAX_VALUE} for never
     */
    long due(String subscription, long now, Predicate<String> wanted, Predicate<QueuedWebhook> visitor) {
        Line line = lines.get(subscription);
        if (line == null) {
            return Long.MAX_VALUE;
        }
        if (line.from > now) {
            return line.from;
        }
        boolean isFirst = true;
        try (KeyValueIterator<Bytes, byte[]> range = store.range(
                QueueKeys.ofTime(subscription, line.from, ""), QueueKeys.ofTime(subscription, Long.MAX_VALUE, ""))) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> next = range.next();
                long time = QueueKeys.due(next.key);
                if (isFirst) {
                    line.from = time;
                    isFirst = false;
                }
                if (time > now) {
                    return time;
                }
                String slot = QueueKeys.slot(next.key);
                if (!wanted.test(slot)) {
                    continue;
                }
                QueuedWebhook delivery = get(subscription, slot);
                if (delivery == null || delivery.due() != time) {
                    if (delivery != null) {
                        line(delivery);
                    }
                    leave(subscription, time, slot);
                } else if (!visitor.test(delivery)) {
                    return 0;
                }
            }
        }
        return Long.MAX_VALUE;
    }

    private void enter(String subscription, long time) {
        Line line = lines.computeIfAbsent(subscription, key -> new Line());
        line.waiting++;
        line.from = Math.min(line.from, time);
        line.quietUntil = Math.min(line.quietUntil, time);
    }

    private void leave(String subscription, long time, String slot) {
        boolean isThere = store.delete(QueueKeys.ofTime(subscription, time, slot)) != null;
        Line line = lines.get(subscription);
        if (isThere && line != null && --line.waiting <= 0) {
            lines.remove(subscription);
        }
    }
}
