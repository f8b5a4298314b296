package io.callweave.topics;

import io.callweave.files.LocalException;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition up to a given end. The end is where the consumer's position gets to, not the last record: markers of
 * transactions, aborted records and compacted ones take offsets too.
 */
final class PartitionReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final long end;
    private final Duration patience;
    private Iterator<ConsumerRecord<byte[], byte[]>> fetched = Collections.emptyIterator();
    private @Nullable ConsumerRecord<byte[], byte[]> head;

    /**
     * Takes the consumer over and closes it with itself.
     *
     * @param from the first offset; null for the beginning
     */
    PartitionReader(
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            @Nullable Long from,
            long end,
            Duration patience) {
        this.consumer = consumer;
        this.partition = partition;
        this.end = end;
        this.patience = patience;
        consumer.assign(List.of(partition));
        if (from == null) {
            consumer.seekToBeginning(List.of(partition));
        } else {
            consumer.seek(partition, from);
        }
    }

    /**
     * Goes to the next record.
     *
     * @return false at the end
     * @throws LocalException if the partition stands still before its end
     */
    boolean advance() {
        head = null;
        if (!fetched.hasNext()) {
            fetch();
        }
        if (fetched.hasNext()) {
            ConsumerRecord<byte[], byte[]> next = fetched.next();
            if (next.offset() < end) {
                head = next;
                return true;
            }
        }
        return false;
    }

    /** The record that {@link #advance()} went to. */
    ConsumerRecord<byte[], byte[]> head() {
        if (head == null) {
            throw new IllegalStateException("there is no record");
        }
        return head;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private Iterator<ConsumerRecord<byte[], byte[]>> poll() {
        try {
            return consumer.poll(POLL).records(partition).iterator();
        } catch (AuthorizationException e) {
            throw Unauthorized.sentence(e, AclOperation.READ, partition.topic())
                    .map(sentence -> new LocalException(sentence, e))
                    .orElseThrow(() -> e);
        }
    }

    private void fetch() {
        long before = consumer.position(partition);
        long since = System.nanoTime();
        while (before < end) {
            fetched = poll();
            if (fetched.hasNext()) {
                return;
            }
            long position = consumer.position(partition);
            if (position > before) {
                before = position;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > patience.toNanos()) {
                throw new LocalException("Reading " + partition + " stands still at offset " + position + " of " + end
                        + ": a transaction is still open, or the broker does not answer.");
            }
        }
    }
}
