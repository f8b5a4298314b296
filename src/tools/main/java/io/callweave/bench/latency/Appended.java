package io.callweave.bench.latency;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** When notifications were due to be appended, by {@link System#nanoTime}. A late append counts as latency. Thread-safe. */
final class Appended {

    /** A notification has one event for each of its parties, which share its sequence. */
    private record Place(String session, long sequence) {}

    /**
     * When one was due.
     *
     * @param afterLost whether the one before it in its session was lost, so that it is waited for
     */
    record Due(long nanoTime, boolean afterLost) {}

    private final Map<Place, Due> unread = new ConcurrentHashMap<>();
    private final Set<String> lost = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> lastOf = new ConcurrentHashMap<>();

    void append(String session, long sequence, long nanoTime) {
        unread.put(new Place(session, sequence), new Due(nanoTime, lost.remove(session)));
        lastOf.put(session, nanoTime);
    }

    /** The next notification of this session is not appended at all. */
    void lose(String session) {
        lost.add(session);
    }

    /** The first event of a notification was read; null if one was read before. */
    @Nullable
    Due read(String session, long sequence) {
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
