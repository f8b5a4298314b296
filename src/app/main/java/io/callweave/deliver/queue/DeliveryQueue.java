package io.callweave.deliver.queue;

import io.callweave.deliver.Occurrence;
import io.callweave.deliver.activity.Backlog;
import io.callweave.deliver.post.QueuedWebhook;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What waits for endpoints in one task, in one store: the deliveries by subscription and slot, and for each subscription in the
 * order in which they are due. A slot has one delivery at most. A large value is there once for all deliveries that share it, with
 * a key for each of these, and is deleted with the last one.
 *
 * <p>After a crash the store can have a part of the last writes, or read older ones again. Therefore every delivery has at all
 * times at least one key in the order, and a key that does not fit its delivery is repaired when it is read. The store can also
 * have what its changelog lacks, from which another instance restores it. Therefore what is put again is written again.
 */
final class DeliveryQueue {

    private static final byte[] NOTHING = {};

    /** From so many bytes on, a value is not stored with each of its deliveries. */
    static final int LARGE = 16 * 1_024;

    private static final int MOST_KNOWN = 1_000;

    /** No JSON begins with it. What is in the place of a large value does, and its checksum follows. */
    private static final byte APART = 0;

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<String, Line> lines = new HashMap<>();

    /** How many deliveries have a large value: to look for them would be a scan over deleted keys. */
    private final Map<Bytes, Integer> sharing = new HashMap<>();

    /** Large values that are in the changelog since this queue was opened. Another one is only written once more. */
    private final Map<Bytes, Boolean> written = new Latest<>();

    /** Those in use: a hundred subscriptions can have the same one in memory. */
    private final Map<Bytes, WeakReference<byte[]>> values = new Latest<>();

    private final Map<byte[], Long> checksums = new WeakHashMap<>();

    /** The latest that were used. */
    private static final class Latest<V> extends LinkedHashMap<Bytes, V> {

        private static final long serialVersionUID = 1;

        Latest() {
            super(MOST_KNOWN, 1, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Bytes, V> eldest) {
            return size() > MOST_KNOWN;
        }
    }

    /**
     * What is known without the stores. From: no delivery is due before; it saves a scan over deleted keys. Next: the visitor of
     * what is newly due has seen all that is due before; it saves a scan over what is being posted, too.
     */
    private static final class Line {
        private long waiting;
        private long from = Long.MAX_VALUE;
        private long next = Long.MAX_VALUE;

        /** None is due behind. */
        private long until = Long.MIN_VALUE;
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

    /** Without its value if that is large: most are only looked at. */
    @Nullable
    QueuedWebhook get(String subscription, String slot) {
        byte[] found = store.get(QueueKeys.ofSlot(subscription, slot));
        return found == null ? null : DeliveryCodec.read(found);
    }

    /**
     * With its value. Null if the value has left the store: then the delivery had left the queue before a crash, as a value
     * leaves with the last one that has it.
     */
    @Nullable
    QueuedWebhook whole(QueuedWebhook delivery) {
        Bytes sharers = sharers(delivery);
        WeakReference<byte[]> reference = values.get(sharers);
        byte[] known = reference == null ? null : reference.get();
        byte[] value = delivery.occurrence().value();
        if (known != null && (isApart(value) || Arrays.equals(known, value))) {
            return delivery.with(known);
        }
        if (isApart(value)) {
            byte[] found = store.get(QueueKeys.shared(sharers));
            if (found == null) {
                return null;
            }
            value = DeliveryCodec.readValue(found);
        }
        values.put(sharers, new WeakReference<>(value));
        return delivery.with(value);
    }

    private static boolean isApart(QueuedWebhook delivery) {
        return isApart(delivery.occurrence().value());
    }

    /** Whether it stands for one that has a key of its own. */
    private static boolean isApart(byte[] value) {
        return value.length == 1 + Long.BYTES && value[0] == APART;
    }

    private byte[] apart(byte[] value) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(APART)
                .putLong(checksum(value))
                .array();
    }

    /** The id of a webhook does not say its bytes: what is asked for again can have others, and so can another epoch. */
    private Bytes sharers(QueuedWebhook delivery) {
        Occurrence occurrence = delivery.occurrence();
        return QueueKeys.ofSharers(
                occurrence.account(), Long.toHexString(checksum(occurrence.value())) + "/" + occurrence.id());
    }

    private long checksum(byte[] value) {
        return isApart(value)
                ? ByteBuffer.wrap(value).getLong(1)
                : checksums.computeIfAbsent(value, DeliveryQueue::computed);
    }

    /** Of both kinds that processors compute; SHA-256 takes as long as to parse the value. */
    private static long computed(byte[] value) {
        Checksum first = new CRC32C();
        Checksum second = new CRC32();
        first.update(value);
        second.update(value);
        return first.getValue() << Integer.SIZE | second.getValue();
    }

    private Bytes sharer(QueuedWebhook delivery) {
        return QueueKeys.ofSharer(
                sharers(delivery),
                delivery.subscription(),
                delivery.occurrence().slot());
    }

    /** Puts it into its place, instead of what has its slot now. */
    void put(QueuedWebhook delivery) {
        put(delivery, inSlotOf(delivery));
    }

    /** @param before what has its slot now */
    void put(QueuedWebhook delivery, @Nullable QueuedWebhook before) {
        byte[] value = delivery.occurrence().value();
        if (value.length < LARGE) {
            replace(before, delivery);
            return;
        }
        // First: no delivery is there without its value, and no value without what shares it.
        Bytes sharer = sharer(delivery);
        Bytes sharers = sharers(delivery);
        if (store.get(sharer) == null) {
            sharing.merge(sharers, 1, Integer::sum);
        }
        store.put(sharer, NOTHING);
        if (written.put(sharers, true) == null) {
            store.put(QueueKeys.shared(sharers), DeliveryCodec.writeValue(value));
        }
        replace(before, delivery.with(apart(value)));
    }

    /** One from the queue. */
    void putAgain(QueuedWebhook delivery) {
        replace(inSlotOf(delivery), delivery);
    }

    private @Nullable QueuedWebhook inSlotOf(QueuedWebhook delivery) {
        return get(delivery.subscription(), delivery.occurrence().slot());
    }

    private void replace(@Nullable QueuedWebhook before, QueuedWebhook delivery) {
        String slot = delivery.occurrence().slot();
        line(delivery);
        store.put(QueueKeys.ofSlot(delivery.subscription(), slot), DeliveryCodec.write(delivery));
        if (before == null) {
            return;
        }
        if (before.due() != delivery.due()) {
            leave(before.subscription(), before.due(), slot);
        }
        if (isApart(before) && !(isApart(delivery) && sharers(before).equals(sharers(delivery)))) {
            release(sharer(before));
        }
    }

    /** The last one deletes the value first, so that none stays without a sharer. */
    private void release(Bytes sharer) {
        Bytes sharers = QueueKeys.sharers(sharer);
        if (sharing.computeIfPresent(sharers, (same, all) -> all > 1 ? all - 1 : null) == null) {
            store.delete(QueueKeys.shared(sharers));
            written.remove(sharers);
            values.remove(sharers);
        }
        store.delete(sharer);
    }

    /** After a crash: those whose delivery has left the queue, or has another value. */
    private void releaseOthers() {
        List<Bytes> others = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.range(QueueKeys.FIRST_SHARER, QueueKeys.AFTER_ALL)) {
            while (all.hasNext()) {
                Bytes sharer = all.next().key;
                sharing.merge(QueueKeys.sharers(sharer), 1, Integer::sum);
                byte[] found = store.get(QueueKeys.delivery(sharer));
                QueuedWebhook delivery = found == null ? null : DeliveryCodec.read(found);
                if (delivery == null || !isApart(delivery) || !sharer(delivery).equals(sharer)) {
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
        Line line = lines.get(delivery.subscription());
        boolean isKnown = line != null && line.until >= delivery.due() && store.get(key) != null;
        store.put(key, NOTHING);
        if (isKnown) {
            rescan(delivery.subscription(), delivery.due());
        } else {
            enter(delivery.subscription(), delivery.due());
        }
    }

    void remove(QueuedWebhook delivery) {
        String slot = delivery.occurrence().slot();
        store.delete(QueueKeys.ofSlot(delivery.subscription(), slot));
        if (isApart(delivery)) {
            release(sharer(delivery));
        }
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

    /** As {@link #due}, but only what the visitor has not seen, and what it is to see again. */
    void newlyDue(String subscription, long now, Predicate<String> wanted, Predicate<QueuedWebhook> visitor) {
        Line line = lines.get(subscription);
        if (line != null && line.next <= now) {
            long from = line.next;
            // The visitor may put something.
            line.next = Long.MAX_VALUE;
            long next = visit(line, from, subscription, now, wanted, visitor);
            line.next = Math.min(line.next, next);
        }
    }

    /** The visitor of what is newly due is to see everything again. */
    void rescan(String subscription) {
        rescan(subscription, Long.MIN_VALUE);
    }

    /** The visitor of what is newly due is to see again what is due from this time on. */
    void rescan(String subscription, long due) {
        Line line = lines.get(subscription);
        if (line != null) {
            line.next = Math.min(line.next, Math.max(line.from, due));
        }
    }

    /**
     * Goes through what is due, the longest due first.
     *
     * @param wanted whether to look at the delivery of a slot
     * @param visitor false to end
     */
    void due(String subscription, long now, Predicate<String> wanted, Predicate<QueuedWebhook> visitor) {
        Line line = lines.get(subscription);
        if (line != null && line.from <= now) {
            visit(line, line.from, subscription, now, wanted, visitor);
        }
    }

    /** Returns when there is something else to look at, or {@link Long#MAX_VALUE} for never. */
    private long visit(
            Line line,
            long from,
            String subscription,
            long now,
            Predicate<String> wanted,
            Predicate<QueuedWebhook> visitor) {
        boolean isFirst = from == line.from;
        try (KeyValueIterator<Bytes, byte[]> range = store.range(
                QueueKeys.ofTime(subscription, from, ""), QueueKeys.ofTime(subscription, Long.MAX_VALUE, ""))) {
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
                    return time;
                }
            }
        }
        return Long.MAX_VALUE;
    }

    private void enter(String subscription, long time) {
        Line line = lines.computeIfAbsent(subscription, key -> new Line());
        line.waiting++;
        line.from = Math.min(line.from, time);
        line.until = Math.max(line.until, time);
        line.next = Math.min(line.next, time);
    }

    private void leave(String subscription, long time, String slot) {
        boolean isThere = store.delete(QueueKeys.ofTime(subscription, time, slot)) != null;
        Line line = lines.get(subscription);
        if (isThere && line != null && --line.waiting <= 0) {
            lines.remove(subscription);
        }
    }
}
