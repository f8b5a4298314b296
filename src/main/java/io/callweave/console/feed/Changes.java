package io.callweave.console.feed;

import io.callweave.access.AccountScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stream of changes: the last ones, and those who listen. Its memory is bounded: of what has been, by number and size; of
 * each listener, by its own queue. Thread-safe.
 */
public final class Changes {

    private static final int MOST_EVENTS = 10_000;
    private static final long MOST_CHARS = 16L << 20;

    private final String start;
    private final Deque<ChangeEvent> last = new ArrayDeque<>();
    private final Set<ChangeListener> listeners = ConcurrentHashMap.newKeySet();
    private final AtomicLong dropped = new AtomicLong();
    private long chars;
    private long next = 1;

    /** @param clock names this start, so that ids of another one are known as such */
    public Changes(LongSupplier clock) {
        start = Long.toString(clock.getAsLong(), Character.MAX_RADIX);
    }

    /** The id of the newest event. */
    public synchronized String newest() {
        return id(next - 1);
    }

    private String id(long number) {
        return start + "-" + number;
    }

    /** Tells all who may hear of it. */
    public synchronized void tell(String type, @Nullable String account, String data) {
        ChangeEvent event = new ChangeEvent(id(next++), type, account, data);
        last.addLast(event);
        chars += event.size();
        while (last.size() > MOST_EVENTS || (chars > MOST_CHARS && last.size() > 1)) {
            chars -= last.removeFirst().size();
        }
        listeners.forEach(each -> each.offer(event));
    }

    /** Tells all, and keeps nothing of it. */
    public void tellOnce(String type, String data) {
        ChangeEvent event = new ChangeEvent("", type, null, data);
        listeners.forEach(each -> each.offer(event));
    }

    /**
     * Begins to listen. The first events are those after an id; if they are no longer known, one that says so.
     *
     * @param after the id that was heard last; null for none
     */
    public synchronized ChangeListener listen(AccountScope scope, @Nullable String after) {
        ChangeListener listener = new ChangeListener(scope, this::forget);
        missed(after).forEach(listener::offer);
        listeners.add(listener);
        return listener;
    }

    private List<ChangeEvent> missed(@Nullable String after) {
        if (after == null || after.isEmpty()) {
            return List.of();
        }
        long oldest = next - last.size();
        long heard = heard(after);
        if (heard < oldest - 1 || heard >= next) {
            return List.of(new ChangeEvent(id(next - 1), "reset", null, "{}"));
        }
        List<ChangeEvent> missed = new ArrayList<>(last);
        return missed.subList(Math.toIntExact(heard + 1 - oldest), missed.size());
    }

    private long heard(String after) {
        try {
            return after.startsWith(start + "-") ? Long.parseLong(after.substring(start.length() + 1)) : -1;
        } catch (NumberFormatException notOurs) {
            return -1;
        }
    }

    private void forget(ChangeListener listener) {
        if (listeners.remove(listener) && listener.isDropped()) {
            dropped.incrementAndGet();
        }
    }

    /** How many were dropped because they were too slow. */
    public long dropped() {
        return dropped.get();
    }

    /** How many listen. */
    public int listeners() {
        return listeners.size();
    }

    /** Ends all listening. */
    public void close() {
        List.copyOf(listeners).forEach(ChangeListener::close);
    }
}
