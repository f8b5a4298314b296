package io.callweave.topology.time;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tells Kafka Streams of the records that it sends in transactions. It gives a callback with each record, which holds the
 * record. A batch is open for up to a second, so the garbage collector would copy all that is in it, and the producer's thread
 * would fetch each record from memory again. Here a topic, or a changelog's partition, has one callback for all.
 *
 * <ul>
 *   <li>Kafka Streams keeps the offset of the last record of each changelog partition. Its last callback is called when all is
 *       flushed, before Kafka Streams looks at the offsets.
 *   <li>Of other topics it counts records and bytes. Their callbacks are called as soon as the record is in a batch, so records
 *       of a transaction that is aborted count, too.
 *   <li>A failure goes at once to the last callback of the topic, or of the changelog's partition. It may be that of a later
 *       record or another task, but the transaction is of all tasks of the thread, and a producer commits none in which a
 *       record failed.
 * </ul>
 *
 * <p>The stream thread calls all methods. The producer's thread calls only {@link Sends#onCompletion}.
 */
final class SendCallbacks {

    /** How Kafka Streams itself tells its changelogs from other topics. */
    private static final String CHANGELOG_SUFFIX = "-changelog";

    private static final int UNKNOWN = -1;

    private final UnaryOperator<Exception> failures;
    private final Map<String, Map<Integer, Sends>> changelogs = new HashMap<>();
    private final Map<String, Sends> outputs = new HashMap<>();

    /** Set by the producer's thread, or by the stream thread for what the producer refuses itself. */
    private volatile @Nullable Exception first;

    /** @param failures returns the exception to pass on to Kafka Streams for one of the producer */
    SendCallbacks(UnaryOperator<Exception> failures) {
        this.failures = failures;
    }

    /** What to send a record with; {@link Sends#begin} before and {@link Sends#end} after it. */
    Sends of(ProducerRecord<byte[], byte[]> sent) {
        String topic = sent.topic();
        Integer partition = sent.partition();
        // Kafka Streams always names the partition of a changelog.
        return partition != null && topic.endsWith(CHANGELOG_SUFFIX)
                ? changelogs
                        .computeIfAbsent(topic, added -> new HashMap<>())
                        .computeIfAbsent(partition, added -> new Sends(null))
                : outputs.computeIfAbsent(topic, added -> new Sends(new TopicPartition(topic, 0)));
    }

    /**
     * All that was sent is written or has failed.
     *
     * @return the first failure
     */
    @Nullable
    Exception flushed() {
        Exception failed = first;
        first = null;
        changelogs.values().forEach(partitions -> partitions.values().forEach(Sends::flushed));
        outputs.values().forEach(Sends::clear);
        return failed;
    }

    /** The transaction is aborted: nothing of it counts. */
    void aborted() {
        first = null;
        changelogs.values().forEach(partitions -> partitions.values().forEach(Sends::clear));
        outputs.values().forEach(Sends::clear);
    }

    /** The one callback for all records of a changelog's partition, or of another topic. */
    final class Sends implements Callback {

        /**
         * Null for a changelog. An output's partition and offset are not known yet. Kafka Streams keeps these, but looks up
         * only those of changelogs.
         */
        private final @Nullable RecordMetadata batched;

        /** Null if nothing is on its way: it holds its task, which may be closed by then. */
        private volatile @Nullable Callback last;

        /** Of a changelog: where its last record is that is known to be written. */
        private volatile @Nullable RecordMetadata written;

        private volatile boolean hasFailed;

        private Sends(@Nullable TopicPartition output) {
            batched = output == null ? null : new RecordMetadata(output, 0, 0, UNKNOWN, UNKNOWN, UNKNOWN);
        }

        /** A record will be sent, of which Kafka Streams waits to hear with this callback. */
        void begin(Callback callback) {
            last = callback;
        }

        /** The producer has taken the record, or told its failure already. */
        void end(Callback callback) {
            RecordMetadata told = batched;
            if (told != null && !hasFailed) {
                callback.onCompletion(told, null);
            }
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure == null) {
                // The offset of a batch that was sent twice can be unknown.
                if (batched == null && metadata != null && metadata.hasOffset()) {
                    written = metadata;
                }
                return;
            }
            hasFailed = true;
            if (first == null) {
                first = failure;
            }
            Callback told = last;
            if (told != null) {
                told.onCompletion(metadata, failures.apply(failure));
            }
        }

        private void flushed() {
            Callback told = last;
            RecordMetadata end = written;
            if (told != null && end != null) {
                told.onCompletion(end, null);
            }
            clear();
        }

        private void clear() {
            last = null;
            written = null;
            hasFailed = false;
        }
    }
}
