package io.callweave.bridge.spool;

import io.callweave.bridge.RawRecord;
import io.callweave.bridge.Safekeeping.Kept;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides where records go, and so keeps them in order. While Kafka answers, each goes straight to the
 * producer. When one is not acknowledged in time, or fails, the producer is given up, everything that it has not acknowledged
 * goes to the disk, and so does whatever comes after. A new producer gets what is on disk, from the front; once it has been given the
 * last of it, and has acknowledged some, what comes next goes straight to the same producer again, behind it.
 */
final class Keeper {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    /** Written to the disk at once, and given to the producer at once. */
    private static final int PORTION = 1_000;

    /** Records from disk that the producer may hold. */
    private static final int WINDOW = 4_000;

    private static final long WINDOW_BYTES = 16 << 20;

    /** Longer than the producer takes to give a record up; only one whose threads are gone says nothing for so long. */
    private static final Duration STALLED = KafkaLink.DELIVERY_TIMEOUT.plusSeconds(5);

    /** Removed from disk in one go. */
    private static final int REMOVE = 500;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /** Where the disk takes nothing either, Kafka gets nearly all of the three seconds that RingCentral waits. */
    private static final Duration LAST_TIMEOUT = Duration.ofMillis(2_300);

    private final Spool spool;
    private final Undeliverable undeliverable;
    private final Budget budget;
    private final SpoolCounters counters;
    private final KafkaLink link;
    private final long timeoutNanos;
    private final LinkedBlockingQueue<Object> inbox = new LinkedBlockingQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "bridge-keeper");
    private final Deque<Pending> inFlight = new ArrayDeque<>();
    private final Deque<Drained> draining = new ArrayDeque<>();
    private @Nullable Producer<byte[], byte[]> producer;
    private long nextToDrain;
    private long drainingBytes;
    private boolean proven;
    private long progressAt;
    private long carefulUntil;
    private int acknowledged;
    private volatile @Nullable Trouble trouble;
    private volatile boolean direct;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile boolean failed;

    /** A record from disk that was given to the producer. */
    private static final class Drained {
        private final Spool.Entry entry;
        private volatile boolean done;
        private volatile @Nullable Exception refusal;

        Drained(Spool.Entry entry) {
            this.entry = entry;
        }
    }

    /** Why a producer is given up. */
    private record Trouble(Producer<byte[], byte[]> producer, Exception reason) {}

    Keeper(SpoolSettings settings, Spool spool, Undeliverable undeliverable, Budget budget, SpoolCounters counters) {
        this.spool = spool;
        this.undeliverable = undeliverable;
        this.budget = budget;
        this.counters = counters;
        timeoutNanos = settings.kafkaTimeout().toNanos();
        link = new KafkaLink(settings, this::wake);
        nextToDrain = spool.head();
    }

    void start() {
        thread.start();
        link.start();
    }

    /** Whether there is a place where a record can go. */
    boolean takes() {
        return !ended && (direct || spool.isWritable());
    }

    boolean isDirect() {
        return direct;
    }

    /** Whether it ended by itself. */
    boolean hasFailed() {
        return failed;
    }

    void take(Pending pending) {
        inbox.add(pending);
        if (ended) {
            refuseTheRest();
        }
    }

    /** Returns when everything taken is safe or refused. */
    void close() {
        closing = true;
        wake();
        try {
            thread.join(STOP_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            inbox.add(woken);
        }
    }

    private void run() {
        try {
            while (!closing || !inbox.isEmpty() || !inFlight.isEmpty()) {
                step(arrived());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failed = true;
            LOG.error("The bridge's keeper failed: nothing can be kept any more.", e);
            throw e;
        } finally {
            ended = true;
            direct = false;
            link.close();
            removeDrained(true);
            spool.close();
            inFlight.forEach(this::refuse);
            refuseTheRest();
        }
    }

    /** What came in while the thread ended. */
    private void refuseTheRest() {
        for (Object event = inbox.poll(); event != null; event = inbox.poll()) {
            if (event instanceof Pending pending) {
                refuse(pending);
            }
        }
    }

    private void refuse(Pending pending) {
        if (pending.settle()) {
            answer(pending, Kept.NO_ROOM);
        }
    }

    private List<Pending> arrived() throws InterruptedException {
        List<Object> events = new ArrayList<>();
        Object first = inbox.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            events.add(first);
            inbox.drainTo(events, PORTION - 1);
        }
        List<Pending> records = new ArrayList<>(events.size());
        for (Object event : events) {
            if (event instanceof Pending pending) {
                records.add(pending);
            } else {
                woken.set(false);
            }
        }
        return records;
    }

    private void step(List<Pending> arrived) {
        takeNewProducer();
        Producer<byte[], byte[]> current = producer;
        if (current != null) {
            giveUpIfTroubled(current);
        }
        spool.recover();
        settleInFlight();
        removeDrained(false);
        giveUpIfStalled();
        if (direct) {
            arrived.forEach(this::sendDirect);
        } else {
            toDisk(arrived);
            drain();
        }
    }

    /** A producer whose thread died says nothing for ever. */
    private void giveUpIfStalled() {
        Producer<byte[], byte[]> to = producer;
        if (to == null || draining.isEmpty()) {
            progressAt = System.nanoTime();
        } else if (System.nanoTime() - progressAt > STALLED.toNanos()) {
            giveUp(to, "nothing from disk was acknowledged for " + STALLED.toSeconds() + " s");
        }
    }

    private void takeNewProducer() {
        Producer<byte[], byte[]> offered = link.producer();
        if (producer == null && offered != null) {
            producer = offered;
            nextToDrain = spool.head();
            proven = false;
            drain();
        }
    }

    /** Forgets what is safe, and gives the producer up when the first of the rest has waited for too long. */
    private void settleInFlight() {
        inFlight.removeIf(pending -> pending.isSettled() || isRefused(pending));
        Pending first = inFlight.peek();
        long patience = spool.isWritable() ? timeoutNanos : LAST_TIMEOUT.toNanos();
        if (first != null && System.nanoTime() - first.takenAtNanos() > patience) {
            giveUp(Objects.requireNonNull(producer), "no acknowledgement in time");
        }
    }

    private boolean isRefused(Pending pending) {
        Exception refusal = pending.refusal();
        if (refusal == null || !pending.settle()) {
            return false;
        }
        answer(pending, setAside(pending.raw(), refusal) ? Kept.KEPT : Kept.NO_ROOM);
        return true;
    }

    private void sendDirect(Pending pending) {
        Producer<byte[], byte[]> to = producer;
        if (to == null || !direct) {
            toDisk(List.of(pending)); // one before it showed that Kafka is away
            return;
        }
        if (pending.answer().isCancelled() && pending.settle()) {
            answer(pending, Kept.NO_ROOM);
            return;
        }
        inFlight.add(pending);
        send(to, pending.raw(), (metadata, failure) -> {
            if (failure == null) {
                if (pending.settle()) {
                    answer(pending, Kept.KEPT);
                }
            } else if (isForItself(failure)) {
                pending.refuse(failure);
                wake();
            } else {
                troubled(to, failure);
            }
        });
        giveUpIfTroubled(to);
    }

    private void send(Producer<byte[], byte[]> to, RawRecord raw, Callback callback) {
        if (!link.limits().allow(raw)) {
            callback.onCompletion(null, new RecordTooLargeException("it is larger than the topic's max.message.bytes"));
            return;
        }
        RecordHeaders headers = new RecordHeaders();
        raw.headers().forEach(header -> headers.add(header.name(), header.value()));
        try {
            var unused = to.send(new ProducerRecord<>(raw.topic(), null, raw.key(), raw.value(), headers), callback);
        } catch (KafkaException | IllegalStateException e) { // the callback may or may not have been called
            if (isForItself(e)) {
                callback.onCompletion(null, e);
            } else {
                troubled(to, e);
            }
        }
    }

    private @Nullable Trouble troubleOf(Producer<byte[], byte[]> one) {
        Trouble now = trouble;
        return now != null && now.producer() == one ? now : null;
    }

    private void giveUpIfTroubled(Producer<byte[], byte[]> one) {
        Trouble its = troubleOf(one);
        if (its != null) {
            giveUp(one, reason(its.reason()));
        }
    }

    private void troubled(Producer<byte[], byte[]> of, Exception reason) {
        trouble = new Trouble(of, reason);
        wake();
    }

    private void giveUp(Producer<byte[], byte[]> failed, String reason) {
        LOG.atWarn()
                .addKeyValue("inFlight", inFlight.size() + draining.size())
                .log("Kafka does not acknowledge; what comes in goes to the spool: {}", reason);
        if (!direct) {
            carefulUntil = nextToDrain;
        }
        direct = false;
        producer = null;
        removeDrained(true);
        counters.count(SpoolMetric.RESENT, draining.size());
        draining.clear();
        acknowledged = 0;
        drainingBytes = 0;
        nextToDrain = spool.head();
        link.failed(failed);
        List<Pending> unsafe = new ArrayList<>(inFlight);
        inFlight.clear();
        unsafe.removeIf(Pending::isSettled);
        counters.count(SpoolMetric.RESENT, unsafe.size());
        toDisk(unsafe);
    }

    private void toDisk(List<Pending> records) {
        List<Pending> taken = new ArrayList<>(records.size());
        List<byte[]> bytes = new ArrayList<>(records.size());
        for (Pending each : records) {
            if (each.settle()) {
                if (each.answer().isCancelled()) {
                    answer(each, Kept.NO_ROOM);
                } else {
                    taken.add(each);
                    bytes.add(RecordCodec.encode(each.raw(), each.takenAtMs()));
                }
            }
        }
        if (taken.isEmpty()) {
            return;
        }
        Kept kept = Kept.NO_ROOM;
        try {
            spool.append(bytes, taken.get(0).takenAtMs());
            counters.count(SpoolMetric.SPOOLED, taken.size());
            kept = Kept.KEPT;
        } catch (IOException e) {
            LOG.atError().addKeyValue("records", taken.size()).log("The spool takes no more: {}", e.getMessage());
        }
        for (Pending each : taken) {
            answer(each, kept);
        }
    }

    private void answer(Pending pending, Kept kept) {
        budget.giveBack(pending.size());
        if (kept == Kept.NO_ROOM) {
            counters.count(SpoolMetric.REFUSED);
        }
        pending.answer().complete(kept);
    }

    /** Gives the producer what is on disk, as far as it may hold it, and goes straight to Kafka where that is all. */
    private void drain() {
        Producer<byte[], byte[]> to = producer;
        if (to == null) {
            return;
        }
        while (nextToDrain < spool.tail() && draining.size() < window() && drainingBytes < WINDOW_BYTES) {
            Spool.Portion portion = spool.read(nextToDrain, Math.min(PORTION, window()));
            if (portion.next() == nextToDrain) {
                return; // it cannot be read now
            }
            portion.entries().forEach(entry -> drain(to, entry));
            nextToDrain = portion.next();
            if (troubleOf(to) != null) {
                return;
            }
        }
        if (draining.isEmpty() && spool.head() < nextToDrain) {
            spool.removeBelow(nextToDrain, 0); // none of them could be read
        }
        if (nextToDrain == spool.tail() && (proven || draining.isEmpty())) {
            direct = true;
        }
    }

    /**
     * A record that Kafka refuses can take the producer with it: one that is too large, and has a small one behind it in its
     * batch, is split off and put together again until the producer gives up or dies. Alone it is refused as it should be, so
     * after a failure what it held goes one by one.
     */
    private int window() {
        return nextToDrain < carefulUntil ? 1 : WINDOW;
    }

    private void drain(Producer<byte[], byte[]> to, Spool.Entry entry) {
        Drained drained = new Drained(entry);
        draining.add(drained);
        drainingBytes += entry.bytes();
        send(to, entry.raw(), (metadata, failure) -> {
            if (failure == null) {
                drained.done = true;
            } else if (isForItself(failure)) {
                drained.refusal = failure;
            } else {
                troubled(to, failure);
            }
            wake();
        });
    }

    /** Removes from disk what Kafka has acknowledged, up to the first that it has not. */
    private void removeDrained(boolean few) {
        int finished = 0;
        for (Drained each : draining) {
            Exception refusal = each.refusal;
            if (refusal != null && !each.done) {
                each.done = setAside(each.entry.raw(), refusal);
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
        if (finished >= REMOVE || (finished > 0 && (few || finished == draining.size()))) {
            removeFirst(finished);
        }
    }

    private void removeFirst(int finished) {
        long bytes = 0;
        for (int i = 0; i < finished; i++) {
            bytes += draining.remove().entry.bytes();
        }
        drainingBytes -= bytes;
        acknowledged = 0;
        Drained first = draining.peek();
        if (first != null) {
            spool.oldestAt(first.entry.takenAtMs());
        }
        spool.removeBelow(first == null ? nextToDrain : first.entry.number(), bytes);
        counters.count(SpoolMetric.DRAINED, finished);
    }

    private boolean setAside(RawRecord raw, Exception why) {
        try {
            undeliverable.add(raw, reason(why));
            counters.count(SpoolMetric.UNDELIVERABLE);
            LOG.atError()
                    .addKeyValue("topic", raw.topic())
                    .addKeyValue("bytes", raw.value().length)
                    .log(
                            "Kafka refuses a record for what it is; it is in the file of what cannot be delivered: {}",
                            reason(why));
            return true;
        } catch (IOException e) {
            LOG.atError().log("A record that Kafka refuses cannot be set aside: {}", e.getMessage());
            return false;
        }
    }

    /** Whether another try, or another record, would fare better. */
    private static boolean isForItself(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException;
    }

    private static String reason(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
