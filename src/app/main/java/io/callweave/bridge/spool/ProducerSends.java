package io.callweave.bridge.spool;

import io.callweave.bridge.PartitionChoice;
import io.callweave.bridge.RawRecord;
import io.callweave.topics.Unauthorized;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * Gives records to a producer, and finds out what a failure means: Kafka never accepts this record, or Kafka cannot be reached.
 * After the second kind the producer has to be replaced.
 */
final class ProducerSends {

    private final Supplier<TopicLimits> limits;
    private final PartitionChoice partitions;
    private final Runnable onTrouble;
    private volatile @Nullable Trouble trouble;

    /** Hears the outcome of a record, on a thread of the producer. Without a call, the producer has failed. */
    interface Fate {

        void acknowledged();

        /** Kafka never accepts this record. */
        void refused(Exception why);
    }

    /** Why a producer has to be replaced. */
    private record Trouble(Producer<byte[], byte[]> producer, Exception reason) {}

    /** @param onTrouble called after a producer failed, by any thread */
    ProducerSends(Supplier<TopicLimits> limits, PartitionChoice partitions, Runnable onTrouble) {
        this.limits = limits;
        this.partitions = partitions;
        this.onTrouble = onTrouble;
    }

    void send(Producer<byte[], byte[]> to, RawRecord raw, Fate fate) {
        if (!limits.get().allow(raw)) {
            fate.refused(new RecordTooLargeException("it is larger than the topic's max.message.bytes"));
            return;
        }
        try {
            var unused = to.send(
                    new ProducerRecord<>(
                            raw.topic(),
                            partitions.of(raw, to),
                            raw.timestamp(),
                            raw.key(),
                            raw.value(),
                            raw.headers()),
                    (metadata, failure) -> {
                        if (failure == null) {
                            fate.acknowledged();
                        } else {
                            failed(to, failure, fate);
                        }
                    });
        } catch (KafkaException | IllegalStateException e) { // the callback may or may not have been called
            failed(to, e, fate);
        }
    }

    /** Why this producer has to be replaced; null if it can be used. */
    @Nullable
    String troubleOf(Producer<byte[], byte[]> producer) {
        Trouble now = trouble;
        return now == null || now.producer() != producer
                ? null
                : Unauthorized.sentence(now.reason(), AclOperation.WRITE, "that the record is for")
                        .orElseGet(() -> reason(now.reason()));
    }

    private void failed(Producer<byte[], byte[]> to, Exception failure, Fate fate) {
        if (isForItself(failure)) {
            fate.refused(failure);
        } else {
            trouble = new Trouble(to, failure);
            onTrouble.run();
        }
    }

    /** Whether the record is the reason: another one could succeed, another attempt could not. */
    private static boolean isForItself(Exception failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException;
    }

    static String reason(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
