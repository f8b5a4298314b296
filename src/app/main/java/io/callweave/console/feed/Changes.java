package io.callweave.console.feed;

import io.callweave.access.AccountScope;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stream of changes: the newest events, in one buffer that all listeners read. A listener has only its place in it, and what
 * it sends ends with the buffer, so memory grows neither with the listeners nor with the events. Thread-safe.
 */
public final class Changes {

    /** How many may listen; each needs a thread, and one of 1,000 connections. */
    static final int MOST_LISTENERS = 400;

    static final int MOST_EVENTS = 10_000;
    static final long MOST_BYTES = 16L << 20;

    private final String start;

    /** The event with the number n is at n modulo the length. */
    private final @Nullable ChangeEvent[] buffer = new ChangeEvent[MOST_EVENTS];

    private final Set<ChangeListener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong dropped = new AtomicLong();

    /** Ids are random: numbers would tell those who may see one account how much happens in the others. */
    private final SecureRandom random = new SecureRandom();

    /** The numbers of the events in the buffer and of the one before, by their ids. */
    private final Map<String, Long> numbers = new HashMap<>();

    /** The same ids, the oldest first. */
    private final Deque<String> ids = new ArrayDeque<>();

    private long bytes;
    private long oldest = 1;
    private long next = 1;
    private volatile long figures;
    private @Nullable ChangeEvent once;
    private long onceNumber;

    /** @param clock names this start, so that ids of another one are known as such */
    public Changes(LongSupplier clock) {
        start = Long.toString(clock.getAsLong(), Character.MAX_RADIX);
        addId(0);
    }

    /** What a listener gets: events, and where the next ones begin; null if it was too slow. */
    record Heard(List<ChangeEvent> events, long next, long onceNumber) {}

    /** The id of the newest event. */
    public synchronized String newest() {
        return ids.getLast();
    }

    private String addId(long number) {
        String id = start + "-" + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX);
        ids.addLast(id);
        numbers.put(id, number);
        return id;
    }

    /** Tells all who may hear of it. */
    public synchronized void tell(String type, @Nullable String account, String data) {
        if (type.equals("windows")) {
            figures = next;
        }
        ChangeEvent event = ChangeEvent.of(addId(next), type, account, data);
        if (next - oldest == MOST_EVENTS) {
            forgetOldest();
        }
        buffer[slot(next++)] = event;
        bytes += event.length();
        while (bytes > MOST_BYTES && next - oldest > 1) {
            forgetOldest();
        }
        notifyAll();
    }

    private void forgetOldest() {
        int slot = slot(oldest++);
        bytes -= at(slot).length();
        at(slot).forget();
        buffer[slot] = null;
        numbers.remove(ids.removeFirst());
    }

    private static int slot(long number) {
        return (int) (number % MOST_EVENTS);
    }

    private ChangeEvent at(int slot) {
        ChangeEvent event = buffer[slot];
        if (event == null) {
            throw new IllegalStateException("There is no event.");
        }
        return event;
    }

    /** Tells all who listen now; nobody can hear it later. */
    public synchronized void tellOnce(String type, String data) {
        once = ChangeEvent.of("", type, null, data);
        onceNumber++;
        notifyAll();
    }

    /**
     * Begins to listen. If there is no room, one of those who have the most listeners makes room.
     *
     * @param after as below
     * @return empty if nobody has more of them than this scope would
     */
    public synchronized Optional<ChangeListener> tryListen(AccountScope scope, @Nullable String after) {
        if (isFull() && !isRoomMadeFor(scope)) {
            return Optional.empty();
        }
        return Optional.of(listen(scope, after));
    }

    private boolean isRoomMadeFor(AccountScope scope) {
        Map<AccountScope, List<ChangeListener>> byScope =
                listeners.stream().collect(Collectors.groupingBy(ChangeListener::scope));
        List<ChangeListener> most = Collections.max(byScope.values(), Comparator.comparingInt(List::size));
        boolean made = most.size() > byScope.getOrDefault(scope, List.of()).size() + 1;
        if (made) {
            most.get(0).drop();
        }
        return made;
    }

    /**
     * Begins to listen. The first events are those after an id; if they are no longer known, one that says so.
     *
     * @param after the id that was heard last; null for none
     */
    public synchronized ChangeListener listen(AccountScope scope, @Nullable String after) {
        boolean goesOn = after != null && !after.isEmpty();
        @Nullable Long heard = goesOn ? numbers.get(after) : Long.valueOf(next - 1);
        ChangeListener listener = new ChangeListener(this, scope, heard == null ? next : heard + 1, onceNumber);
        if (heard == null) {
            listener.begin(ChangeEvent.of(newest(), "reset", null, "{}"));
        }
        listeners.add(listener);
        return listener;
    }

    /**
     * The events from a number on, at most so many; waits for one, if there is none.
     *
     * @return null if some of them are no longer known
     */
    synchronized @Nullable Heard hear(ChangeListener listener, long from, long fromOnce, int most, long atMostMs)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMostMs * 1_000_000;
        long left = atMostMs;
        while (from == next && fromOnce == onceNumber && !listener.isClosed() && left > 0) {
            wait(left);
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        if (from < oldest) {
            return null;
        }
        List<ChangeEvent> events = new ArrayList<>();
        long to = Math.min(next, from + most);
        for (long number = from; number < to; number++) {
            events.add(at(slot(number)));
        }
        ChangeEvent said = once;
        if (said != null && fromOnce != onceNumber) {
            events.add(said);
        }
        return new Heard(events, to, onceNumber);
    }

    synchronized void forget(ChangeListener listener) {
        listeners.remove(listener);
        notifyAll();
    }

    void countDropped() {
        dropped.incrementAndGet();
    }

    /** Another number whenever figures have changed: what was made of them before is old. */
    public long figures() {
        return figures;
    }

    /** How many were dropped because they were too slow, or others needed their places. */
    public long dropped() {
        return dropped.get();
    }

    /** How many listen. */
    public int listeners() {
        return listeners.size();
    }

    /** Whether nobody more should listen. */
    public boolean isFull() {
        return listeners.size() >= MOST_LISTENERS;
    }

    /** Ends all listening. */
    public void close() {
        List.copyOf(listeners).forEach(ChangeListener::close);
    }
}
