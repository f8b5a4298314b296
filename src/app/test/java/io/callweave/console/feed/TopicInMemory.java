package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.record.ExcludedCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** Notifications on a topic without a broker. */
public final class TopicInMemory {

    private static final TopicPartition PARTITION = new TopicPartition("callweave.notifications", 0);

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();

    /** Adds one, and returns its offset. */
    public long add(String session, String notification) {
        long offset = records.size();
        records.add(new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                session.getBytes(UTF_8),
                notification.getBytes(UTF_8)));
        return offset;
    }

    /** @param asked runs before each reading */
    public RawNotifications read(Runnable asked) {
        FeedConfig config =
                new FeedConfig(Map.of(), "callweave.", Duration.ofDays(1), 1, 1, Masking.OFF, ExcludedCalls.NONE);
        return new RawNotifications(
                config,
                () -> {
                    asked.run();
                    MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
                    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
                    consumer.schedulePollTask(() -> records.forEach(consumer::addRecord));
                    return consumer;
                },
                System::nanoTime);
    }
}
