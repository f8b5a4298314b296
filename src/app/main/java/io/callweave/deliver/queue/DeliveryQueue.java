package io.callweave.deliver.queue;

import io.callweave.deliver.activity.Backlog;
import io.callweave.deliver.post.QueuedWebhook;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
 * have what its changelog lacks, from which another instance restores it. Therefore what is put again is written again; a value that
 * several share, once by each instance.
 */
final class DeliveryQueue {

    private static final byte[] NOTHING = {};

    /** From so many bytes on, a value is in the store and in memory once for all subscriptions. */
    static final int LARGE = 16 * 1_024;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, Line> lines = new HashMap<>();

    /** Large values that this instance has written, and so its changelog; by what shares them. */
    private final Set<Bytes> written = new HashSet<>();

    /** Large values as long as they are in use. */
    private final Map<Bytes, WeakReference<byte[]>> values = new HashMap<>();

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
        releaseOthers();
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
        Bytes sharers = sharers(delivery);
        WeakReference<byte[]> known = values.get(sharers);
        byte[] value = known == null ? null : known.get();
        if (value == null) {
            value = value(valueKey(delivery));
        }
        if (value == null) {
            value = value(QueueKeys.shared(sharers));
            if (value != null) {
                values.put(sharers, new WeakReference<>(value));
            }
        }
        return value == null ? null : delivery.with(value);
    }

    private byte @Nullable [] value(Bytes key) {
        byte[] found = store.get(key);
        return found == null ? null : DeliveryCodec.readValue(found);
    }

    private static Bytes valueKey(QueuedWebhook delivery) {
        return QueueKeys.ofValue(delivery.subscription(), delivery.occurrence().id());
    }

    private static Bytes sharers(QueuedWebhook delivery) {
        return QueueKeys.ofSharers(
                delivery.occurrence().account(), delivery.occurrence().id());
    }

    /** Puts it into its place, instead of what has its slot now. */
    void put(QueuedWebhook delivery) {
        byte[] value = delivery.occurrence().value();
        // First: none is there without a value.
        if (value.length < LARGE) {
            store.put(valueKey(delivery), DeliveryCodec.writeValue(value));
        } else {
            Bytes sharers = sharers(delivery);
            store.put(
                    QueueKeys.ofSharer(
                            sharers,
                            delivery.subscription(),
                            delivery.occurrence().slot()),
                    NOTHING);
            if (written.add(sharers)) {
                store.put(QueueKeys.shared(sharers), DeliveryCodec.writeValue(value));
            }
        }
        putAgain(delivery);
    }

    /** One that has its value in the store. */
    void putAgain(QueuedWebhook delivery) {
        String slot = delivery.occurrence().slot();
        QueuedWebhook before = get(delivery.subscription(), slot);
        line(delivery);
        store.put(QueueKeys.ofSlot(delivery.subscription(), slot), DeliveryCodec.write(delivery));
        if (before == null) {
            return;
        }
        if (before.due() != delivery.due()) {
            leave(before.subscription(), before.due(), slot);
        }
        if (!sharers(before).equals(sharers(delivery))) {
            drop(before);
        }
    }

    /** The value of what has left the queue. */
    private void drop(QueuedWebhook delivery) {
        store.delete(valueKey(delivery));
        release(QueueKeys.ofSharer(
                sharers(delivery),
                delivery.subscription(),
                delivery.occurrence().slot()));
    }

    /** The last one deletes the value first, so that none stays without a sharer. */
    private void release(Bytes sharer) {
        if (store.get(sharer) == null) {
            return;
        }
        Bytes sharers = QueueKeys.sharers(sharer);
        if (isLast(sharers)) {
            store.delete(QueueKeys.shared(sharers));
            written.remove(sharers);
            values.remove(sharers);
        }
        store.delete(sharer);
    }

    private boolean isLast(Bytes sharers) {
        try (KeyValueIterator<Bytes, byte[]> range = store.range(sharers, QueueKeys.AFTER_ALL)) {
            range.next();
            return !range.hasNext() || !QueueKeys.sharers(range.next().key).equals(sharers);
        }
    }

    /** After a crash: those whose delivery has left the queue, or has another value. */
    private void releaseOthers() {
        List<Bytes> others = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(QueueKeys.FIRST_SHARER, QueueKeys.AFTER_ALL)) {
            while (all.hasNext()) {
                Bytes sharer = all.next().key;
                byte[] found = store.get(QueueKeys.delivery(sharer));
                if (found == null || !sharers(DeliveryCodec.read(found)).equals(QueueKeys.sharers(sharer))) {
                    others.add(sharer);
                }
            }
        }
        others.forEach(this::release);
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
        drop(delivery);
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
