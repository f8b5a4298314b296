package io.callweave.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which changelogs of active tasks are being restored, and how much of them is left; those of standbys are not. */
final class Restores implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(Restores.class);

    /** A short restore says only that it ended, and one of nothing not even that. */
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final Map<TopicPartition, Left> open = new HashMap<>();
    private long begunAt;
    private long saidAt;
    private long restored;

    private record Left(long from, long to) {

        long records() {
            return Math.max(0, to - from);
        }
    }

    Restores() {
        this(System::nanoTime);
    }

    Restores(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean isAny() {
        return !open.isEmpty();
    }

    /** What is left, as a sentence; nothing if nothing is. */
    synchronized Optional<String> inWords() {
        return open.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "The state is restored from Kafka; left: partitions %d, records %,d.",
                        open.size(),
                        open.values().stream().mapToLong(Left::records).sum()));
    }

    @Override
    public synchronized void onRestoreStart(TopicPartition partition, String store, long from, long to) {
        if (open.isEmpty()) {
            begunAt = nanoTime.getAsLong();
            saidAt = begunAt;
            restored = 0;
        }
        open.put(partition, new Left(from, to));
    }

    @Override
    public synchronized void onBatchRestored(TopicPartition partition, String store, long last, long records) {
        open.computeIfPresent(partition, (same, left) -> new Left(last + 1, left.to()));
        long now = nanoTime.getAsLong();
        if (now - saidAt >= BETWEEN_LINES.toNanos()) {
            saidAt = now;
            inWords().ifPresent(LOG::info);
        }
    }

    @Override
    public synchronized void onRestoreEnd(TopicPartition partition, String store, long records) {
        end(partition, records);
    }

    @Override
    public synchronized void onRestoreSuspended(TopicPartition partition, String store, long records) {
        end(partition, records);
    }

    private void end(TopicPartition partition, long records) {
        restored += records;
        if (open.remove(partition) != null && open.isEmpty() && restored > 0) {
            LOG.atInfo()
                    .setMessage("The state is restored from Kafka.")
                    .addKeyValue("records", restored)
                    .addKeyValue(
                            "ms",
                            Duration.ofNanos(nanoTime.getAsLong() - begunAt).toMillis())
                    .log();
        }
    }
}
