package io.callweave.bridge;

import io.callweave.topics.Headers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in Kafka alone, for senders that can wait and send again, such as a replay of files. It waits while too much is on its
 * way; then an interruption throws {@link InterruptException}.
 */
public final class KafkaSink implements DurableSink {

    private final Producer<byte[], byte[]> producer;
    private final PartitionChoice partitions;
    private final InFlight inFlight;
    private final AtomicReference<@Nullable IntakeException> firstFailure = new AtomicReference<>();

    /** Connects to Kafka. */
    public KafkaSink(KafkaSinkSettings settings) {
        this(
                settings,
                new KafkaProducer<>(settings.producerConfigs(), new ByteArraySerializer(), new ByteArraySerializer()));
    }

    KafkaSink(KafkaSinkSettings settings, Producer<byte[], byte[]> producer) {
        this.producer = producer;
        partitions = settings.partitions();
        inFlight = new InFlight(settings.inFlightBytes());
    }

    @Override
    public CompletableFuture<Kept> keep(RawRecord raw) {
        int size = raw.value().length;
        CompletableFuture<Kept> kept = new CompletableFuture<>();
        try {
            inFlight.enter(size);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        try {
            var unused = producer.send(outgoing(raw), (metadata, failure) -> {
                inFlight.leave(size);
                complete(kept, raw, failure);
            });
        } catch (RuntimeException e) { // the callback is not called then
            inFlight.leave(size);
            complete(kept, raw, e);
        }
        return kept;
    }

    /**
     * Returns when everything taken so far is in Kafka.
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

    @Override
    public SinkStatus status() {
        return new SinkStatus(0, 0, 0, firstFailure.get() == null, false);
    }

    /** Sends what is buffered and stops. Failures of that are in the futures only. */
    @Override
    public void close() {
        producer.close();
    }

    private ProducerRecord<byte[], byte[]> outgoing(RawRecord raw) {
        return new ProducerRecord<>(
                raw.topic(), partitions.of(raw, producer), raw.timestamp(), raw.key(), raw.value(), raw.headers());
    }

    private void complete(CompletableFuture<Kept> kept, RawRecord raw, @Nullable Exception failure) {
        if (failure != null) {
            firstFailure.compareAndSet(
                    null,
                    new IntakeException(
                            "Kafka did not take the notification " + source(raw) + ": " + failure.getMessage(),
                            failure));
        }
        kept.complete(failure == null ? Kept.KEPT : Kept.NO_ROOM);
    }

    private static String source(RawRecord raw) {
        return raw.headers().stream()
                .filter(header -> header.key().equals(Headers.SOURCE))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }
}
