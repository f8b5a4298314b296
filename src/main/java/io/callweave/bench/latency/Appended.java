package io.callweave.bench.latency;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When notifications were due to be appended, by {@link System#nanoTime}. A late append counts as latency. Thread-safe. */
final class Appended {

    /** A notification has one event for each of its parties, which share its sequence. */
    private record Place(String session, long sequence) {}

    private final Map<Place, Long> unread = new ConcurrentHashMap<>();
    private final Map<String, Long> lastOf = new ConcurrentHashMap<>();

    void append(String session, long sequence, long nanoTime) {
        unread.put(new Place(session, sequence), nanoTime);
        lastOf.put(session, nanoTime);
    }

    /** The first event of a notification was read; null if one was read before. */
    @Nullable
    Long read(String session, long sequence) {
        return unread.remove(new Place(session, sequence));
    }

    /** The last notification of any of these sessions; null if none is known. */
    @Nullable
    Long lastOf(Collection<String> sessions) {
        return sessions.stream()
                .map(lastOf::get)
                .filter(time -> time != null)
                .max(Long::compare)
                .orElse(null);
    }

    /** Notifications without an event so far. */
    int unread() {
        return unread.size();
    }
}
