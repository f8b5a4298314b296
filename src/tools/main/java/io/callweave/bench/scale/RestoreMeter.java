package io.callweave.bench.scale;

import io.callweave.bench.throughput.SubjectBench;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Deletes the state directory before the application starts, and counts what is read from changelogs instead. */
final class RestoreMeter implements SubjectBench.RunWatch, StateRestoreListener {

    private final LongAdder records = new LongAdder();

    @Override
    public void beforeStart(KafkaStreams streams) {
        streams.cleanUp();
        streams.setGlobalStateRestoreListener(this);
    }

    /** The number of records so far. */
    long records() {
        return records.sum();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long start, long end) {
        // Counted batch by batch.
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long end, long restored) {
        records.add(restored);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long restored) {
        // Counted batch by batch.
    }
}
