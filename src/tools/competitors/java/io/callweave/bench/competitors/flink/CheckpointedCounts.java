package io.callweave.bench.competitors.flink;

import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/**
 * How far the functions of the job were at its last complete checkpoint. Flink makes the functions, in this process, so
 * they meet here.
 */
final class CheckpointedCounts {

    private static final List<Subtask> CALL_FUNCTIONS = new CopyOnWriteArrayList<>();
    private static final List<Subtask> WINDOW_FUNCTIONS = new CopyOnWriteArrayList<>();

    /**
     * The counts of one function since its start.
     *
     * @param received its inputs
     * @param pending what it still owes: for calls, those that it has sent to the windows; for windows, the accounts with
     *     changes that are not emitted
     */
    record Counts(long received, long pending) {}

    private CheckpointedCounts() {}

    /** One function in one subtask; its own thread calls it. */
    static final class Subtask {

        private final NavigableMap<Long, Counts> snapshots = new ConcurrentSkipListMap<>();
        private long received;
        private long pending;
        private volatile Counts completed = new Counts(0, 0);

        void received() {
            received++;
        }

        void pending(int change) {
            pending += change;
        }

        void snapshot(long checkpoint) {
            snapshots.put(checkpoint, new Counts(received, pending));
        }

        void completed(long checkpoint) {
            Counts counts = snapshots.get(checkpoint);
            if (counts != null) {
                completed = counts;
                snapshots.headMap(checkpoint, true).clear();
            }
        }
    }

    static void clear() {
        CALL_FUNCTIONS.clear();
        WINDOW_FUNCTIONS.clear();
    }

    static Subtask ofCalls() {
        return added(CALL_FUNCTIONS);
    }

    static Subtask ofWindows() {
        return added(WINDOW_FUNCTIONS);
    }

    private static Subtask added(List<Subtask> to) {
        Subtask subtask = new Subtask();
        to.add(subtask);
        return subtask;
    }

    /** Whether all functions of the job have started. */
    static boolean isComplete(int parallelism) {
        return CALL_FUNCTIONS.size() == parallelism && WINDOW_FUNCTIONS.size() == parallelism;
    }

    /** Whether a complete checkpoint has all of the input, all its calls in the windows, and all changes emitted. */
    static boolean isDone(long notifications) {
        return sum(CALL_FUNCTIONS, Counts::received) == notifications
                && sum(WINDOW_FUNCTIONS, Counts::received) == sum(CALL_FUNCTIONS, Counts::pending)
                && sum(WINDOW_FUNCTIONS, Counts::pending) == 0;
    }

    private static long sum(List<Subtask> subtasks, ToLongFunction<Counts> count) {
        return subtasks.stream()
                .mapToLong(subtask -> count.applyAsLong(subtask.completed))
                .sum();
    }
}
