package io.callweave.bridge.spool;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.spool.disk.RecordCodec;
import io.callweave.bridge.spool.disk.Spool;
import io.callweave.bridge.spool.disk.SpoolCounters;
import io.callweave.logging.LogPace;
import io.callweave.meter.Metric;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that decides where records go, and so keeps them in order. While Kafka answers, each goes straight to the
 * producer. When one fails, or is not acknowledged in time, the producer is closed; everything that was not acknowledged goes to
 * the disk, and so does everything that comes later. A new producer gets the records from disk, from the front ({@link
 * SpoolDrain}). Once it was given the last one, and some were acknowledged, the next record goes straight to it again.
 */
final class SpoolingSender {

    private static final Logger LOG = LoggerFactory.getLogger(SpoolingSender.class);

    /** Written to the disk at once. */
    private static final int PORTION = 1_000;

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /** If the disk takes nothing either, Kafka gets nearly all of the three seconds that RingCentral waits. */
    private static final Duration LAST_TIMEOUT = Duration.ofMillis(2_300);

    private final Spool spool;
    private final Undeliverable undeliverable;
    private final Budget budget;
    private final SpoolCounters counters;
    private final KafkaLink link;
    private final ProducerSends sends;
    private final SpoolDrain drain;
    private final AcknowledgementWait wait;
    private final Inbox inbox = new Inbox();

    /** While Kafka is slow, this happens every few seconds. */
    private final LogPace told = LogPace.ofMinute();

    private final Thread thread = new Thread(this::run, "bridge-keeper");
    private final Deque<Pending> inFlight = new ArrayDeque<>();
    private @Nullable Producer<byte[], byte[]> producer;
    private volatile boolean direct;
    private volatile boolean closing;
    private volatile boolean ended;
    private volatile boolean failed;

    SpoolingSender(
            SpoolSettings settings, Spool spool, Undeliverable undeliverable, Budget budget, SpoolCounters counters) {
        this.spool = spool;
        this.undeliverable = undeliverable;
        this.budget = budget;
        this.counters = counters;
        wait = new AcknowledgementWait(settings.kafkaTimeout(), System.nanoTime());
        link = new KafkaLink(settings, inbox::wake);
        sends = new ProducerSends(link::limits, settings.partitions(), inbox::wake);
        drain = new SpoolDrain(spool, undeliverable, counters, sends, inbox::wake);
    }

    void start() {
        thread.start();
        link.start();
    }

    /** Whether records can go anywhere, to Kafka or to the disk. */
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
        inbox.wake();
        try {
            thread.join(STOP_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing || !inbox.isEmpty() || !inFlight.isEmpty()) {
                step(inbox.await(PORTION, LOOK_EVERY.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            failed = true;
            LOG.error("The bridge's sender failed: it can no longer keep anything.", e);
            throw e;
        } finally {
            ended = true;
            direct = false;
            link.close();
            drain.removeDone(true);
            spool.close();
            inFlight.forEach(this::refuse);
            refuseTheRest();
        }
    }

    /** Records that came in while the thread ended. */
    private void refuseTheRest() {
        for (Pending pending = inbox.poll(); pending != null; pending = inbox.poll()) {
            refuse(pending);
        }
    }

    private void refuse(Pending pending) {
        if (pending.settle()) {
            answer(pending, Kept.NO_ROOM);
        }
    }

    private void step(List<Pending> arrived) {
        takeNewProducer();
        Producer<byte[], byte[]> current = producer;
        if (current != null) {
            giveUpIfTroubled(current);
        }
        spool.recover();
        settleInFlight();
        drain.removeDone(false);
        giveUpIfStalled();
        if (direct) {
            arrived.forEach(this::sendDirect);
        } else {
            toDisk(arrived);
            drain();
        }
    }

    private void takeNewProducer() {
        Producer<byte[], byte[]> offered = link.producer();
        if (producer == null && offered != null) {
            producer = offered;
            drain.begin();
            drain();
        }
    }

    /** Sends straight to Kafka from here on if the producer has everything that was on disk. */
    private void drain() {
        Producer<byte[], byte[]> to = producer;
        if (to != null && drain.fill(to)) {
            direct = true;
        }
    }

    private void giveUpIfStalled() {
        Producer<byte[], byte[]> to = producer;
        if (drain.isStalled(to != null)) {
            giveUp(
                    Objects.requireNonNull(to),
                    "nothing from disk was acknowledged for " + SpoolDrain.STALLED.toSeconds() + " s");
        }
    }

    private void giveUpIfTroubled(Producer<byte[], byte[]> one) {
        String reason = sends.troubleOf(one);
        if (reason != null) {
            giveUp(one, reason);
        }
    }

    private void giveUp(Producer<byte[], byte[]> failed, String reason) {
        OptionalLong leftOut = told.next();
        leftOut.ifPresent(before -> LOG.atWarn()
                .addKeyValue("inFlight", inFlight.size() + drain.held())
                .addKeyValue("leftOut", before)
                .log("Kafka does not acknowledge; what comes in goes to the spool: {}", reason));
        boolean fromDisk = !direct;
        direct = false;
        producer = null;
        drain.giveUp(fromDisk);
        link.failed(failed, leftOut.isPresent());
        List<Pending> unsafe = new ArrayList<>(inFlight);
        inFlight.clear();
        unsafe.removeIf(Pending::isSettled);
        counters.count(Metric.SPOOL_RESENT, unsafe.size());
        toDisk(unsafe);
    }

    /** Forgets records that are safe, and closes the producer when the first of the others has waited for too long. */
    private void settleInFlight() {
        long now = System.nanoTime();
        inFlight.removeIf(pending -> isSafe(pending, now) || isRefused(pending));
        Pending first = inFlight.peek();
        long most = spool.isWritable() ? wait.atMost(now) : LAST_TIMEOUT.toNanos();
        if (wait.isTooLong(first == null ? null : first.takenAtNanos(), most, now)) {
            giveUp(
                    Objects.requireNonNull(producer),
                    "no acknowledgement in " + Duration.ofNanos(most).toMillis() + " ms");
            wait.exhausted(now);
        }
    }

    private boolean isSafe(Pending pending, long now) {
        if (pending.isAcknowledged()) {
            wait.acknowledged(pending.acknowledgedAfterNanos(), now);
        }
        return pending.isSettled();
    }

    private boolean isRefused(Pending pending) {
        Exception refusal = pending.refusal();
        if (refusal == null || !pending.settle()) {
            return false;
        }
        answer(pending, undeliverable.setAsideIfFew(pending.raw(), refusal) ? Kept.KEPT : Kept.NO_ROOM);
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
        sends.send(to, pending.raw(), new ProducerSends.Fate() {
            @Override
            public void acknowledged() {
                pending.acknowledged(System.nanoTime());
                if (pending.settle()) {
                    answer(pending, Kept.KEPT);
                }
            }

            @Override
            public void refused(Exception why) {
                pending.refuse(why);
                inbox.wake();
            }
        });
        giveUpIfTroubled(to);
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
            counters.count(Metric.SPOOL_SPOOLED, taken.size());
            kept = Kept.KEPT;
        } catch (IOException e) {
            LOG.atError().addKeyValue("records", taken.size()).log("The spool cannot be written: {}", e.getMessage());
        }
        for (Pending each : taken) {
            answer(each, kept);
        }
    }

    private void answer(Pending pending, Kept kept) {
        budget.giveBack(pending.account(), pending.size());
        if (kept == Kept.NO_ROOM) {
            counters.count(Metric.SPOOL_REFUSED);
        }
        pending.answer().complete(kept);
    }
}
