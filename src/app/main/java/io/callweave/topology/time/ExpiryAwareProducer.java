package io.callweave.topology.time;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer that says of an expired transaction always the same. Brokers abort one that takes longer than
 * {@code transaction.timeout.ms} and raise the producer's epoch. What the producer does next is refused because of its epoch,
 * and Kafka Streams gives its tasks back and begins again. But if the next thing is the end of the transaction, the answer is
 * {@link InvalidTxnStateException}, as also where the abort comes between a broker's check and its write. Kafka Streams does
 * not know that one, and its stream thread would fail. In both cases nothing of the transaction is committed.
 *
 * <p>It also tells when something that it sent will not be committed, and waits for the brokers once a commit instead of once
 * a task.
 */
final class ExpiryAwareProducer extends KafkaProducer<byte[], byte[]> {

    private final SendCallbacks callbacks = new SendCallbacks(failure -> isExpiry(failure) ? epoch(failure) : failure);

    private final Runnable undone;
    private final LongConsumer waited;
    private boolean uncommitted;

    /**
     * Makes one.
     *
     * @param undone runs when a transaction in which something was sent ends without a commit
     * @param waited hears after each send how long it took, in nanoseconds: brokers that are away let it wait
     */
    ExpiryAwareProducer(Map<String, Object> config, Runnable undone, LongConsumer waited) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.undone = undone;
        this.waited = waited;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> output, @Nullable Callback sent) {
        uncommitted = true;
        long begun = System.nanoTime();
        try {
            if (sent == null) {
                return super.send(output, null);
            }
            SendCallbacks.Sends sends = callbacks.of(output);
            sends.begin(sent);
            Future<RecordMetadata> written = super.send(output, sends);
            sends.end(sent);
            return written;
        } catch (KafkaException failure) {
            throw translated(failure);
        } finally {
            waited.accept(System.nanoTime() - begun);
        }
    }

    /**
     * Does nothing: Kafka Streams calls it for each task of a thread, and waits each time for the brokers, before it commits
     * all of them together. {@link #sendOffsetsToTransaction}, which begins that commit, waits once.
     */
    @Override
    public void flush() {}

    /** @throws KafkaException as if the send had thrown it; Kafka Streams looked for failures of sends when it flushed */
    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
        super.flush();
        Exception failure = callbacks.flushed();
        if (failure != null) {
            throw ofSend(failure);
        }
        translating(() -> super.sendOffsetsToTransaction(offsets, group));
    }

    /** What Kafka Streams takes here for the same that a failure of a send is to it. */
    private static KafkaException ofSend(Exception failure) {
        if (isExpiry(failure) || isOfAnotherOwner(failure)) {
            return epoch(failure);
        }
        String message = "A record was not written: " + failure;
        return failure instanceof RetriableException
                ? new TimeoutException(message, failure)
                : new KafkaException(message, failure);
    }

    /** Kafka Streams then gives its tasks back and begins again. */
    private static boolean isOfAnotherOwner(Exception failure) {
        return failure instanceof ProducerFencedException
                || failure instanceof InvalidPidMappingException
                || failure instanceof InvalidProducerEpochException
                || failure instanceof OutOfOrderSequenceException;
    }

    @Override
    public void commitTransaction() {
        translating(super::commitTransaction);
        uncommitted = false;
        callbacks.flushed();
    }

    @Override
    public void abortTransaction() {
        try {
            translating(super::abortTransaction);
        } finally {
            callbacks.aborted();
            tellIfUndone();
        }
    }

    @Override
    public void close(Duration timeout) {
        try {
            super.close(timeout);
        } finally {
            tellIfUndone();
        }
    }

    private void tellIfUndone() {
        if (uncommitted) {
            uncommitted = false;
            undone.run();
        }
    }

    private static void translating(Runnable step) {
        try {
            step.run();
        } catch (KafkaException failure) {
            throw translated(failure);
        }
    }

    private static KafkaException translated(KafkaException failure) {
        return isExpiry(failure) ? epoch(failure) : failure;
    }

    /** Also inside of another exception: after the first failure, the producer tells it with everything that it is asked for. */
    private static boolean isExpiry(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidTxnStateException) {
                return true;
            }
        }
        return false;
    }

    private static KafkaException epoch(Throwable failure) {
        KafkaException fenced = new InvalidProducerEpochException("The transaction has ended: " + failure.getMessage());
        fenced.initCause(failure);
        return fenced;
    }
}
