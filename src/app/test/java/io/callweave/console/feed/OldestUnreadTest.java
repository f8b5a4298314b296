package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class OldestUnreadTest {

    private static final TopicPartition FIRST = new TopicPartition("notifications", 0);
    private static final TopicPartition SECOND = new TopicPartition("notifications", 1);

    @Test
    void shouldSayHowOldTheFirstUnreadRecordOfEachPartitionIs() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
        consumer.schedulePollTask(() -> {
            consumer.addRecord(record(0, 7, 1_000));
            consumer.addRecord(record(0, 8, 4_000));
            consumer.addRecord(record(1, 0, 4_500));
        });

        Map<TopicPartition, OptionalLong> ages = new OldestUnread(() -> consumer, () -> 5_000)
                .ages(Map.of(FIRST, 7L, SECOND, 0L), Map.of(FIRST, 9L, SECOND, 1L));

        assertThat(ages).isEqualTo(Map.of(FIRST, OptionalLong.of(4_000), SECOND, OptionalLong.of(500)));
    }

    @Test
    void shouldSayZeroIfNothingIsLeft() {
        Map<TopicPartition, OptionalLong> ages = new OldestUnread(
                        () -> {
                            throw new IllegalStateException("Nothing needs to be read.");
                        },
                        () -> 5_000)
                .ages(Map.of(FIRST, 9L), Map.of(FIRST, 9L));

        assertThat(ages).isEqualTo(Map.of(FIRST, OptionalLong.of(0)));
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition, long offset, long timestamp) {
        return new ConsumerRecord<>(
                "notifications",
                partition,
                offset,
                timestamp,
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
