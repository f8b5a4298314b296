package io.callweave.topology;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Notes which records were begun and never committed. A step that takes longer than the transaction timeout is fenced; its
 * task is closed, made again, and begins with the same record. The notes belong to the process and so outlive the tasks.
 *
 * <p>A task that begins where an earlier one began shows that nothing was committed in between.
 */
public final class RecordAttempts {

    /** The first two can be bad luck, such as a broker that failed. */
    static final int SUSPICIOUS = 3;

    private final LongSupplier nanoTime;
    private final Consumer<Repeated> alarm;
    private final Map<TopicPartition, Note> notes = new ConcurrentHashMap<>();

    /** What each thread works on, by its name. */
    private final Map<String, Note> current = new ConcurrentHashMap<>();

    /**
     * Records that are begun again and again.
     *
     * @param first the offset that each attempt begins with
     * @param slowest the offset of the record that the last attempt spent the longest time on
     * @param spent on that, without the time that Kafka let it wait
     * @param attempts so far
     */
    public record Repeated(TopicPartition partition, long first, long slowest, Duration spent, int attempts) {}

    /** A record that is worked on now. */
    public record AtWork(long offset, Duration since) {}

    /** Written by the stream thread that has the partition, read by others. */
    private static final class Note {
        private long first;
        private int attempts;
        private long slowest;
        private long slowestNanos;
        private long offset;
        private long begunAt;
        private boolean open;

        private void close(long now) {
            if (open && now - begunAt > slowestNanos) {
                slowest = offset;
                slowestNanos = now - begunAt;
            }
            open = false;
        }
    }

    /**
     * Makes one without notes.
     *
     * @param alarm hears of the third attempt, and of each time that their number has doubled since
     */
    public RecordAttempts(LongSupplier nanoTime, Consumer<Repeated> alarm) {
        this.nanoTime = nanoTime;
        this.alarm = alarm;
    }

    /**
     * A task begins a record.
     *
     * @param firstOfTask whether the task has begun no other one of the partition
     */
    void begun(TopicPartition partition, long offset, boolean firstOfTask) {
        Note note = notes.computeIfAbsent(partition, added -> new Note());
        long now = nanoTime.getAsLong();
        Repeated repeated = null;
        synchronized (note) {
            note.close(now);
            if (firstOfTask) {
                repeated = attempt(partition, note, offset);
            }
            note.offset = offset;
            note.begunAt = now;
            note.open = true;
        }
        current.put(Thread.currentThread().getName(), note);
        if (repeated != null) {
            alarm.accept(repeated);
        }
    }

    /** The step that this thread works on has waited for Kafka so long, which is not its fault. */
    public void waited(long nanos) {
        Note note = current.get(Thread.currentThread().getName());
        if (note != null) {
            synchronized (note) {
                note.begunAt += nanos;
            }
        }
    }

    /** The step of the record that was begun last has ended; it may still be undone. */
    void done(TopicPartition partition) {
        Note note = notes.get(partition);
        if (note != null) {
            long now = nanoTime.getAsLong();
            synchronized (note) {
                note.close(now);
            }
        }
    }

    /** The record of a partition that a step works on now, if there is one. */
    public Optional<AtWork> atWork(TopicPartition partition) {
        Note note = notes.get(partition);
        if (note == null) {
            return Optional.empty();
        }
        synchronized (note) {
            return note.open
                    ? Optional.of(new AtWork(note.offset, Duration.ofNanos(nanoTime.getAsLong() - note.begunAt)))
                    : Optional.empty();
        }
    }

    /** Whether a record from this offset on was begun last. */
    public boolean isBegun(TopicPartition partition, long from) {
        Note note = notes.get(partition);
        if (note == null) {
            return false;
        }
        synchronized (note) {
            return note.offset >= from;
        }
    }

    private static @Nullable Repeated attempt(TopicPartition partition, Note note, long offset) {
        boolean again = note.attempts > 0 && note.first == offset;
        Repeated repeated = null;
        if (again) {
            note.attempts++;
            if (isAlarming(note.attempts)) {
                repeated = new Repeated(
                        partition, offset, note.slowest, Duration.ofNanos(note.slowestNanos), note.attempts);
            }
        } else {
            note.first = offset;
            note.attempts = 1;
        }
        note.slowest = offset;
        note.slowestNanos = 0;
        return repeated;
    }

    private static boolean isAlarming(int attempts) {
        return attempts % SUSPICIOUS == 0 && Integer.bitCount(attempts / SUSPICIOUS) == 1;
    }
}
