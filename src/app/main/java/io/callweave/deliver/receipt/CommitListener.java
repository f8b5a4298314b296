package io.callweave.deliver.receipt;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hears of each commit of Kafka Streams. With the guarantee at least once, Kafka Streams commits by its consumer, after the
 * changelogs are written; so the stores have what a committed record put into them.
 */
public final class CommitListener implements ConsumerInterceptor<byte[], byte[]> {

    /** Under this name it finds the {@link CommittedOffsets} among the options of the consumer. */
    public static final String OPTION = "callweave.deliver.committed";

    private CommittedOffsets committed = new CommittedOffsets(partitions -> {});

    @Override
    public void configure(Map<String, ?> options) {
        if (options.get(OPTION) instanceof CommittedOffsets given) {
            committed = given;
        }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        committed.add(offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset())));
    }

    @Override
    public void close() {
        // What it fills belongs to the application.
    }
}
