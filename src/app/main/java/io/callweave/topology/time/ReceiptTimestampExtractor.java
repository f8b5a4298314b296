package io.callweave.topology.time;

import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sets the receipt of a notification, which is the time stamp of its record, apart from the time that Kafka Streams stamps
 * everything with that is written because of it: that is the wall clock's. Otherwise a backlog of a week would write
 * changelogs a week old, and a broker forgets a producer if its last records are older than a day, in the middle of its
 * transaction.
 */
public final class ReceiptTimestampExtractor implements TimestampExtractor {

    private static final String HEADER = "callweave-receipt-time";

    @Override
    public long extract(ConsumerRecord<Object, Object> notification, long partitionTime) {
        notification
                .headers()
                .add(
                        HEADER,
                        new BinaryWriter(Long.BYTES)
                                .i64(notification.timestamp())
                                .bytes());
        return System.currentTimeMillis();
    }

    /** When a notification was received, in milliseconds since the epoch. */
    public static long of(Record<byte[], byte[]> notification) {
        Header header = notification.headers().lastHeader(HEADER);
        return header == null ? notification.timestamp() : new BinaryReader(header.value()).i64();
    }
}
