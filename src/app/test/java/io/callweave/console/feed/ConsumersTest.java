package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumersTest {

    private static final TopicPartition PARTITION = new TopicPartition("calls", 0);
    private static final int AT_ONCE = 3;

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @ParameterizedTest
    @CsvSource({"5, 10, 5", "5000, 10, 2001", "30, 1000000, 9"})
    void shouldTakeTogetherWhatIsThereButNotManyLargeOnes(int there, int bytes, int taken) {
        fill(there, bytes);

        assertThat(Consumers.poll(consumer, Duration.ZERO).count()).isEqualTo(taken);
    }

    @Test
    void shouldTakeTheRestLater() {
        fill(5_000, 10);

        long all = 0;
        for (int i = 0; i < 4; i++) {
            all += Consumers.poll(consumer, Duration.ZERO).count();
        }

        assertThat(all).isEqualTo(5_000);
    }

    private void fill(int there, int bytes) {
        consumer.assign(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.setMaxPollRecords(AT_ONCE);
        for (int i = 0; i < there; i++) {
            consumer.addRecord(new ConsumerRecord<>("calls", 0, i, new byte[1], new byte[bytes]));
        }
    }
}
