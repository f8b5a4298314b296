package io.callweave.topology.time;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The offset of the last record that a consumer gave out of each partition. */
final class DeliveredOffsets {

    private final Map<TopicPartition, Long> offsets = new ConcurrentHashMap<>();
    private long records;

    ConsumerRecords<byte[], byte[]> note(ConsumerRecords<byte[], byte[]> polled) {
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            offsets.put(partition, records.get(records.size() - 1).offset());
        }
        records += polled.count();
        return polled;
    }

    /** How many there were, of all partitions; for the thread that uses the consumer. */
    long records() {
        return records;
    }

    @Nullable
    Long lastOf(TopicPartition partition) {
        return offsets.get(partition);
    }

    void forget(TopicPartition partition) {
        offsets.remove(partition);
    }
}
