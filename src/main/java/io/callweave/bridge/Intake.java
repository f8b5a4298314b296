package io.callweave.bridge;

import io.callweave.notification.Keying;
import io.callweave.notification.Rejection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes raw notifications and puts them on {@code notifications}, byte for byte, keyed by their telephony session. What
 * cannot be keyed goes to {@code dead-letters}; other event types are counted and left out. Thread-safe, as far as the
 * keying is.
 */
public final class Intake implements AutoCloseable {

    /** What became of a notification. */
    public enum Outcome {
        PUBLISHED,
        REFUSED,
        SKIPPED
    }

    private final RawRecords records;
    private final Function<byte[], Keying> keyer;
    private final Timestamps timestamps;
    private final Clock clock;
    private final Producer<byte[], byte[]> producer;
    private final InFlight inFlight;
    private final Object order = new Object();
    private final LongAdder published = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> skipped = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable IntakeException> firstFailure = new AtomicReference<>();

    /**
     * Connects to Kafka.
     *
     * @param keyer tells the key of a notification, and refuses what is too large
     * @param timestamps chooses the timestamps of the records
     */
    public Intake(IntakeSettings settings, Function<byte[], Keying> keyer, Timestamps timestamps) {
        this(
                settings,
                keyer,
                timestamps,
                Clock.systemUTC(),
                new KafkaProducer<>(settings.producerConfigs(), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    Intake(
            IntakeSettings settings,
            Function<byte[], Keying> keyer,
            Timestamps timestamps,
            Clock clock,
            Producer<byte[], byte[]> producer) {
        records = new RawRecords(settings.prefix());
        this.keyer = keyer;
        this.timestamps = timestamps;
        this.clock = clock;
        this.producer = producer;
        inFlight = new InFlight(settings.inFlightBytes());
    }

    /**
     * Takes one notification; returns as soon as it is buffered, and waits while the buffer is full.
     *
     * @param value as received; must not be changed afterwards
     * @return completes when Kafka has confirmed it, or with an {@link IntakeException}, which {@link #flush()} throws too
     */
    public CompletableFuture<Outcome> accept(byte[] value, Receipt receipt) {
        Keying keying = keyer.apply(value);
        if (keying instanceof Keying.Keyed session) {
            return publish(value, session, receipt);
        }
        if (keying instanceof Keying.Unkeyed unkeyed) {
            return refuse(value, unkeyed.rejection(), receipt);
        }
        count(skipped, ((Keying.Skipped) keying).kind().wireName());
        return CompletableFuture.completedFuture(Outcome.SKIPPED);
    }

    /**
     * Returns when everything accepted so far is confirmed.
     *
     * @throws IntakeException the first failure since the last call, if there was one
     */
    public void flush() {
        producer.flush();
        IntakeException failure = firstFailure.getAndSet(null);
        if (failure != null) {
            throw failure;
        }
    }

    public IntakeCounts counts() {
        return new IntakeCounts(published.sum(), sums(refused), sums(skipped), failed.sum());
    }

    /** Sends what is buffered and stops. Failures of that are in {@link #counts()} and the returned futures only. */
    @Override
    public void close() {
        producer.close();
    }

    private CompletableFuture<Outcome> publish(byte[] value, Keying.Keyed session, Receipt receipt) {
        RawRecord raw = records.notification(value, session, session.account(), receipt);
        synchronized (order) { // timestamps that never fall must not overtake each other on the way to the producer
            long timestamp = timestamps.of(value, session, receipt);
            return send(outgoing(raw, timestamp), receipt, Outcome.PUBLISHED).whenComplete((outcome, failure) -> {
                if (failure == null) {
                    published.increment();
                }
            });
        }
    }

    private CompletableFuture<Outcome> refuse(byte[] value, Rejection rejection, Receipt receipt) {
        long now = clock.millis();
        RawRecord raw = records.deadLetter(value, rejection, receipt.source(), now);
        return send(outgoing(raw, now), receipt, Outcome.REFUSED).whenComplete((outcome, failure) -> {
            if (failure == null) {
                count(refused, rejection.reason().wireName());
            }
        });
    }

    private static ProducerRecord<byte[], byte[]> outgoing(RawRecord raw, long timestamp) {
        List<Header> headers = new ArrayList<>();
        raw.headers().forEach(header -> headers.add(new RecordHeader(header.name(), header.value())));
        return new ProducerRecord<>(raw.topic(), null, timestamp, raw.key(), raw.value(), headers);
    }

    private CompletableFuture<Outcome> send(ProducerRecord<byte[], byte[]> outgoing, Receipt receipt, Outcome outcome) {
        int size = outgoing.value().length;
        CompletableFuture<Outcome> result = new CompletableFuture<>();
        try {
            inFlight.enter(size);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        try {
            var unused = producer.send(outgoing, (metadata, failure) -> {
                inFlight.leave(size);
                complete(result, outcome, failure, receipt);
            });
        } catch (RuntimeException e) { // the callback is not called then
            inFlight.leave(size);
            complete(result, outcome, e, receipt);
        }
        return result;
    }

    private void complete(
            CompletableFuture<Outcome> result, Outcome outcome, @Nullable Exception failure, Receipt receipt) {
        if (failure == null) {
            result.complete(outcome);
            return;
        }
        failed.increment();
        IntakeException reported = new IntakeException(
                "Kafka did not take the notification " + receipt.source() + ": " + failure.getMessage(), failure);
        firstFailure.compareAndSet(null, reported);
        result.completeExceptionally(reported);
    }

    private static void count(Map<String, LongAdder> counters, String name) {
        counters.computeIfAbsent(name, key -> new LongAdder()).increment();
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counters) {
        return counters.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }
}
