package io.callweave.topology;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** A processor that tells {@link RecordAttempts} which record it begins and when it is done with it. */
final class NotedRecords<K, V, L, W> implements Processor<K, V, L, W> {

    private final Processor<K, V, L, W> processor;
    private final RecordAttempts attempts;
    private final String notedBefore;
    private final Set<TopicPartition> begun = new HashSet<>();
    private @Nullable TopicPartition last;
    private @Nullable ProcessorContext<L, W> context;

    /**
     * Makes these out of the processors of another supplier.
     *
     * @param notedBefore the topic of records that an earlier processor of the task has noted; empty if there is none
     */
    record Supplier<K, V, L, W>(ProcessorSupplier<K, V, L, W> processors, RecordAttempts attempts, String notedBefore)
            implements ProcessorSupplier<K, V, L, W> {

        @Override
        public Processor<K, V, L, W> get() {
            return new NotedRecords<>(processors.get(), attempts, notedBefore);
        }

        @Override
        public @Nullable Set<StoreBuilder<?>> stores() {
            return processors.stores();
        }
    }

    private NotedRecords(Processor<K, V, L, W> processor, RecordAttempts attempts, String notedBefore) {
        this.processor = processor;
        this.attempts = attempts;
        this.notedBefore = notedBefore;
    }

    @Override
    public void init(ProcessorContext<L, W> processorContext) {
        context = processorContext;
        // A task that is made again can keep its processors.
        begun.clear();
        last = null;
        processor.init(processorContext);
    }

    @Override
    public void process(Record<K, V> input) {
        RecordMetadata metadata =
                context == null ? null : context.recordMetadata().orElse(null);
        // What another processor forwards when its clock ticks is of no topic.
        if (metadata == null || metadata.topic() == null || metadata.topic().equals(notedBefore)) {
            processor.process(input);
            return;
        }
        TopicPartition partition = partition(metadata);
        attempts.begun(partition, metadata.offset(), begun.add(partition));
        processor.process(input);
        // Not if it fails: then the record is still the one that was begun last.
        attempts.done(partition);
    }

    @Override
    public void close() {
        processor.close();
    }

    private TopicPartition partition(RecordMetadata metadata) {
        TopicPartition partition = last;
        if (partition == null
                || partition.partition() != metadata.partition()
                || !partition.topic().equals(metadata.topic())) {
            partition = new TopicPartition(metadata.topic(), metadata.partition());
            last = partition;
        }
        return partition;
    }
}
