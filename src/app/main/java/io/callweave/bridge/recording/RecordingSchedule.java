package io.callweave.bridge.recording;

import io.callweave.ringcentral.Recordings;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which recording to ask for next. The first request is due when the call's own length has passed since its end, the next ones
 * 1, 3, 7, 15 … minutes later. So what is due follows from the calls alone, and another bridge can go on without being told.
 * Of several accounts, the one that was asked for longest ago is next. Times are milliseconds since the epoch. Not thread-safe.
 *
 * <p>Senders of notifications choose the ids and times of calls, so what is remembered has a bound.
 */
final class RecordingSchedule {

    /** A recording this young is asked for soon after a takeover, because the bridge before may have missed its time. */
    private static final int YOUNG = 8;

    /** That wait, of each account. They can be asked for in half a day; the youngest ones stay. */
    static final int MOST = 5_000;

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

    /** The id of a recording, in its account. It has an order: senders choose ids, and can choose equal hash codes. */
    record Id(String account, String recording) implements Comparable<Id> {

        @Override
        public int compareTo(Id other) {
            int order = account.compareTo(other.account);
            return order == 0 ? recording.compareTo(other.recording) : order;
        }
    }

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

        private final NavigableSet<Entry> waiting = new TreeSet<>(
                Comparator.comparingLong((Entry entry) -> entry.due).thenComparing(entry -> entry.id.recording()));

        /** The same ones. */
        private final NavigableSet<Entry> byAge = new TreeSet<>(
                Comparator.comparingLong((Entry entry) -> entry.ready).thenComparing(entry -> entry.id.recording()));

        private boolean ours;
        private boolean busy;
        private long since = Long.MIN_VALUE;
        private long notBefore = Long.MIN_VALUE;
        private long asked = Long.MIN_VALUE;

        private void add(Entry entry) {
            waiting.add(entry);
            byAge.add(entry);
        }

        private void remove(Entry entry) {
            waiting.remove(entry);
            byAge.remove(entry);
        }
    }

    RecordingSchedule(RecordingTimes times) {
        between = times.between().toMillis();
        firstRetry = times.firstRetry().toMillis();
        giveUp = times.giveUp().toMillis();
        shortest = times.shortest().toMillis();
        failure = times.failure().toMillis();
    }

    /**
     * A call has a recording that is not ready. Of accounts of other bridges it is remembered, too.
     *
     * @return whether an older one of this bridge is given up for it, or it for younger ones
     */
    boolean unready(Unready recording, long now) {
        Queue queue = accounts.get(recording.id().account());
        long ready = Math.min(recording.callEnd(), now) + Math.min(recording.callLengthMs(), giveUp);
        if (queue == null
                || now > ready + giveUp
                || entries.containsKey(recording.id())
                || !Recordings.isId(recording.id().recording())) {
            return false;
        }
        Entry entry = new Entry(recording.id(), ready, recording.callLengthMs() < shortest);
        entry.due = due(entry, queue);
        entries.put(entry.id, entry);
        queue.add(entry);
        open++;
        if (queue.byAge.size() <= MOST) {
            return false;
        }
        Entry oldest = queue.byAge.first();
        entries.remove(oldest.id);
        end(oldest);
        return queue.ours;
    }

    /** A call has a recording that is ready. */
    void ready(Id id) {
        Entry entry = entries.remove(id);
        if (entry != null) {
            end(entry);
        }
    }

    /**
     * Only recordings of these accounts are remembered, from now on.
     *
     * @param wanting those that want recordings, of all bridges
     * @param ours those of them that this bridge asks for
     * @return whether one is new, so that nothing is known of its calls
     */
    boolean use(Set<String> wanting, Set<String> ours, long now) {
        if (accounts.keySet().retainAll(wanting)) {
            forget(entry -> !accounts.containsKey(entry.id.account()));
        }
        boolean added = false;
        for (String account : wanting) {
            if (!accounts.containsKey(account)) {
                accounts.put(account, new Queue());
                added = true;
            }
        }
        accounts.forEach((account, queue) -> {
            boolean before = queue.ours;
            queue.ours = ours.contains(account);
            if (queue.ours && !before) {
                take(queue, now);
            }
        });
        return added;
    }

    private void take(Queue queue, long now) {
        queue.since = now;
        Set<Entry> all = Set.copyOf(queue.waiting);
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
                best = !queue.waiting.isEmpty() && queue.waiting.first().due <= now ? queue : best;
            }
        }
        if (best == null) {
            return null;
        }
        best.busy = true;
        best.asked = now;
        Entry first = best.waiting.first();
        best.remove(first);
        return first.id;
    }

    /**
     * A request has its outcome.
     *
     * @param pauseMs how long RingCentral wants no further request for the account, as far as it said it; else 0
     * @return false if the recording is given up
     */
    boolean answered(Id id, Outcome outcome, long pauseMs, long now) {
        Queue queue = accounts.get(id.account());
        if (queue == null) {
            return true; // it wants none any more
        }
        queue.busy = false;
        queue.notBefore = now + Math.max(between, Math.max(pauseMs, outcome == Outcome.FAILED ? failure : 0));
        Entry entry = entries.get(id);
        if (entry == null || entry.done) {
            return true; // a call said meanwhile that it is ready
        }
        queue.remove(entry); // a revision can have brought it back meanwhile
        entry.due = Math.max(now + firstRetry, next(entry.ready, now));
        boolean over = entry.due > entry.ready + giveUp || (entry.once && outcome == Outcome.MISSING);
        if (over || outcome == Outcome.READY) {
            end(entry); // stays known, so that a revision of the call does not bring it back
            return outcome == Outcome.READY;
        }
        queue.add(entry);
        return true;
    }

    private void end(Entry entry) {
        if (!entry.done) {
            entry.done = true;
            open--;
            Queue queue = accounts.get(entry.id.account());
            if (queue != null) {
                queue.remove(entry);
            }
        }
    }

    /** Forgets what is over, also of accounts of other bridges. */
    void forget(long now) {
        forget(entry -> now > entry.ready + giveUp);
    }

    private void forget(Predicate<Entry> isOver) {
        entries.values().removeIf(entry -> {
            boolean over = isOver.test(entry);
            if (over) {
                end(entry);
            }
            return over;
        });
    }

    /** How many are not ready, of all accounts. */
    int open() {
        return open;
    }
}
