package io.callweave.bridge.recording;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which recording to ask for next. The first request is due when the call's own length has passed since its end, the next ones
 * 1, 3, 7, 15 … minutes later. So what is due follows from the calls alone, and another bridge can go on without being told.
 * Of several accounts, the one that was asked for longest ago is next. Times are milliseconds since the epoch. Not thread-safe.
 */
final class RecordingSchedule {

    /** A recording this young is asked for soon after a takeover, because the bridge before may have missed its time. */
    private static final int YOUNG = 8;

    private final long between;
    private final long firstRetry;
    private final long giveUp;
    private final long shortest;
    private final long failure;

    private final Map<Id, Entry> entries = new HashMap<>();
    private final Map<String, Queue> accounts = new HashMap<>();
    private int open;

    /** What a record of a call says about a recording that is not ready. */
    record Unready(Id id, long callEnd, long callLengthMs) {}

    /** The id of a recording, in its account. */
    record Id(String account, String recording) {}

    /** What became of a request. */
    enum Outcome {
        READY,
        /** RingCentral does not have it, or not yet. */
        MISSING,
        /** Nothing is known of the recording; it is asked for again. */
        FAILED
    }

    private static final class Entry {

        private final Id id;
        private final long ready;
        private final boolean once;
        private long due;
        private boolean done;

        private Entry(Id id, long ready, boolean once) {
            this.id = id;
            this.ready = ready;
            this.once = once;
            due = ready;
        }
    }

    private static final class Queue {

        private final PriorityQueue<Entry> waiting = new PriorityQueue<>(
                Comparator.comparingLong((Entry entry) -> entry.due).thenComparing(entry -> entry.id.recording()));
        private boolean ours;
        private boolean busy;
        private long since = Long.MIN_VALUE;
        private long notBefore = Long.MIN_VALUE;
        private long asked = Long.MIN_VALUE;

        /** Null if nothing waits. */
        private @Nullable Entry first() {
            while (!waiting.isEmpty() && waiting.peek().done) {
                waiting.remove();
            }
            return waiting.peek();
        }
    }

    RecordingSchedule(RecordingTimes times) {
        between = times.between().toMillis();
        firstRetry = times.firstRetry().toMillis();
        giveUp = times.giveUp().toMillis();
        shortest = times.shortest().toMillis();
        failure = times.failure().toMillis();
    }

    /** A call has a recording that is not ready. Of accounts of other bridges it is remembered, too. */
    void unready(Unready recording, long now) {
        long ready = recording.callEnd() + recording.callLengthMs();
        if (now > ready + giveUp || entries.containsKey(recording.id())) {
            return;
        }
        Entry entry = new Entry(recording.id(), ready, recording.callLengthMs() < shortest);
        Queue queue = accounts.computeIfAbsent(recording.id().account(), added -> new Queue());
        entry.due = due(entry, queue);
        entries.put(entry.id, entry);
        queue.waiting.add(entry);
        open++;
    }

    /** A call has a recording that is ready. */
    void ready(Id id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            end(entry);
        }
    }

    /** These accounts are this bridge's to ask for, from now on. */
    void use(Set<String> ours, long now) {
        accounts.forEach((account, queue) -> {
            boolean before = queue.ours;
            queue.ours = ours.contains(account);
            if (queue.ours && !before) {
                take(queue, now);
            }
        });
        for (String account : ours) {
            if (!accounts.containsKey(account)) {
                Queue queue = new Queue();
                queue.ours = true;
                queue.since = now;
                accounts.put(account, queue);
            }
        }
    }

    private void take(Queue queue, long now) {
        queue.since = now;
        Set<Entry> all = new HashSet<>(queue.waiting);
        queue.waiting.clear();
        for (Entry entry : all) {
            entry.due = due(entry, queue);
            queue.waiting.add(entry);
        }
    }

    /** What was due before the account came here may have been asked for by another bridge a moment ago. */
    private long due(Entry entry, Queue queue) {
        if (entry.ready > queue.since) {
            return entry.ready;
        }
        return Math.max(
                queue.since + firstRetry,
                queue.since - entry.ready < YOUNG * firstRetry ? 0 : next(entry.ready, queue.since));
    }

    /** The first time of a request after now. */
    private long next(long ready, long now) {
        long wait = firstRetry;
        long due = ready;
        while (due <= now) {
            due += wait;
            wait *= 2;
        }
        return due;
    }

    /** The recording to ask for now; null if there is none. The account gets no other one until {@link #answered}. */
    @Nullable
    Id next(long now) {
        Queue best = null;
        for (Queue queue : accounts.values()) {
            if (queue.ours && !queue.busy && queue.notBefore <= now && (best == null || queue.asked < best.asked)) {
                Entry first = queue.first();
                best = first != null && first.due <= now ? queue : best;
            }
        }
        if (best == null) {
            return null;
        }
        best.busy = true;
        best.asked = now;
        return best.waiting.remove().id;
    }

    /**
     * A request has its outcome.
     *
     * @param pauseMs how long RingCentral wants no further request for the account, as far as it said it; else 0
     * @return false if the recording is given up
     */
    boolean answered(Id id, Outcome outcome, long pauseMs, long now) {
        Queue queue = accounts.computeIfAbsent(id.account(), added -> new Queue());
        queue.busy = false;
        queue.notBefore = now + Math.max(between, Math.max(pauseMs, outcome == Outcome.FAILED ? failure : 0));
        Entry entry = entries.get(id);
        if (entry == null || entry.done) {
            return true; // a call said meanwhile that it is ready
        }
        entry.due = Math.max(now + firstRetry, next(entry.ready, now));
        boolean over = entry.due > entry.ready + giveUp || (entry.once && outcome == Outcome.MISSING);
        if (over || outcome == Outcome.READY) {
            end(entry); // stays known, so that a revision of the call does not bring it back
            return outcome == Outcome.READY;
        }
        queue.waiting.add(entry);
        return true;
    }

    private void end(Entry entry) {
        if (!entry.done) {
            entry.done = true;
            open--;
        }
    }

    /** Forgets what is over, also of accounts of other bridges. */
    void forget(long now) {
        entries.values().removeIf(entry -> {
            boolean over = now > entry.ready + giveUp;
            if (over) {
                end(entry);
            }
            return over;
        });
        accounts.values().forEach(queue -> queue.waiting.removeIf(entry -> entry.done));
        accounts.values().removeIf(queue -> !queue.ours && !queue.busy && queue.waiting.isEmpty());
    }

    /** How many are not ready, of all accounts. */
    int open() {
        return open;
    }
}
