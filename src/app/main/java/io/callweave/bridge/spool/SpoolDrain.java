package io.callweave.bridge.spool;

import io.callweave.bridge.spool.disk.Spool;
import io.callweave.bridge.spool.disk.SpoolCounters;
import io.callweave.bridge.spool.disk.StoredRecords;
import io.callweave.meter.Metric;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * Moves records from disk to Kafka: gives them to the producer from the front, as many as it may hold, and removes them from disk
 * once Kafka has acknowledged them. Only for the sender's thread.
 */
final class SpoolDrain {

    /** Read from disk and given to the producer at once. */
    private static final int PORTION = 1_000;

    /** Records that the producer may hold. */
    private static final int WINDOW = 4_000;

    private static final long WINDOW_BYTES = 16 << 20;

    /** Removed from disk at once. */
    private static final int REMOVE = 500;

    /** Longer than a producer takes to give up a record; a producer that is silent for so long has lost its threads. */
    static final Duration STALLED = KafkaLink.DELIVERY_TIMEOUT.plusSeconds(5);

    private final Spool spool;
    private final Undeliverable undeliverable;
    private final SpoolCounters counters;
    private final ProducerSends sends;
    private final Runnable onFate;
    private final Deque<Drained> held = new ArrayDeque<>();
    private long next;
    private long heldBytes;
    private boolean proven;
    private long progressAt = System.nanoTime();
    private long carefulUntil;
    private int acknowledged;

    /** A record from disk that was given to the producer. */
    private static final class Drained {
        private final StoredRecords.Entry entry;
        private volatile boolean done;
        private volatile @Nullable Exception refusal;

        Drained(StoredRecords.Entry entry) {
            this.entry = entry;
        }
    }

    /** @param onFate called when Kafka has acknowledged or refused a record, by any thread */
    SpoolDrain(Spool spool, Undeliverable undeliverable, SpoolCounters counters, ProducerSends sends, Runnable onFate) {
        this.spool = spool;
        this.undeliverable = undeliverable;
        this.counters = counters;
        this.sends = sends;
        this.onFate = onFate;
        next = spool.head();
    }

    /** Starts again: the next producer gets everything that is on disk. */
    void begin() {
        next = spool.head();
        proven = false;
    }

    /** How many records the producer holds. */
    int held() {
        return held.size();
    }

    /**
     * Gives the producer records from disk, as many as it may hold.
     *
     * @return whether that is all, and the producer has shown that it reaches Kafka
     */
    boolean fill(Producer<byte[], byte[]> to) {
        while (next < spool.tail() && held.size() < window() && heldBytes < WINDOW_BYTES) {
            Spool.Portion portion = spool.read(next, Math.min(PORTION, window()), WINDOW_BYTES - heldBytes);
            if (portion.next() == next) {
                return false; // it cannot be read now
            }
            portion.entries().forEach(entry -> give(to, entry));
            next = portion.next();
            if (sends.troubleOf(to) != null) {
                return false;
            }
        }
        if (held.isEmpty() && spool.head() < next) {
            spool.removeBelow(next, List.of()); // none of them could be read
        }
        return next == spool.tail() && (proven || held.isEmpty());
    }

    /**
     * Removes from disk what Kafka has acknowledged, up to the first that it has not.
     *
     * @param few whether to remove them even if they are few
     */
    void removeDone(boolean few) {
        int finished = 0;
        for (Drained each : held) {
            Exception refusal = each.refusal;
            if (refusal != null && !each.done) {
                each.done = undeliverable.setAside(each.entry.raw(), refusal);
            }
            if (!each.done) {
                break;
            }
            finished++;
        }
        if (finished > 0) {
            proven = true;
        }
        if (finished > acknowledged) {
            progressAt = System.nanoTime();
        }
        acknowledged = finished;
        if (finished >= REMOVE || (finished > 0 && (few || finished == held.size()))) {
            removeFirst(finished);
        }
    }

    /** Whether Kafka has acknowledged nothing for too long; a producer whose thread died never answers. */
    boolean isStalled(boolean producing) {
        if (!producing || held.isEmpty()) {
            progressAt = System.nanoTime();
            return false;
        }
        return System.nanoTime() - progressAt > STALLED.toNanos();
    }

    /**
     * The producer is replaced; the records that it holds are still on disk.
     *
     * @param careful whether one of these records can have been the reason
     */
    void giveUp(boolean careful) {
        if (careful) {
            carefulUntil = next;
        }
        removeDone(true);
        counters.count(Metric.SPOOL_RESENT, held.size());
        held.clear();
        acknowledged = 0;
        heldBytes = 0;
        next = spool.head();
    }

    /**
     * A record that Kafka refuses can make the producer fail: a batch of one that is too large and a small one is split and put
     * together again until the producer gives up. Alone, the record is refused properly, so after a failure the records that the
     * producer held are sent one by one.
     */
    private int window() {
        return next < carefulUntil ? 1 : WINDOW;
    }

    private void give(Producer<byte[], byte[]> to, StoredRecords.Entry entry) {
        Drained drained = new Drained(entry);
        held.add(drained);
        heldBytes += entry.bytes();
        sends.send(to, entry.raw(), new ProducerSends.Fate() {
            @Override
            public void acknowledged() {
                drained.done = true;
                onFate.run();
            }

            @Override
            public void refused(Exception why) {
                drained.refusal = why;
                onFate.run();
            }
        });
    }

    private void removeFirst(int finished) {
        List<StoredRecords.Entry> removed = new ArrayList<>(finished);
        for (int i = 0; i < finished; i++) {
            StoredRecords.Entry entry = held.remove().entry;
            heldBytes -= entry.bytes();
            removed.add(entry);
        }
        acknowledged = 0;
        Drained first = held.peek();
        if (first != null) {
            spool.oldestAt(first.entry.takenAtMs());
        }
        spool.removeBelow(first == null ? next : first.entry.number(), removed);
        counters.count(Metric.SPOOL_DRAINED, finished);
    }
}
