package io.callweave.topology.calls;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.session.StoredSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spaces out the revisions of large calls. Each late event of a call makes a revision, and each revision shows all of the
 * call; so two thousand late events of a call with two thousand events would write gigabytes, and all other calls of the
 * partition would wait for them. A call of ordinary size is never held back.
 *
 * <p>When a call was emitted last is only known in memory. After a restart, its next revision comes at once.
 */
final class RevisionPace {

    /** No revision waits for longer, in milliseconds. */
    static final long LONGEST_MS = 10_000;

    private static final int MANY = 1_000;

    private final int spacedEvents;

    /** By the call id under which it was emitted, in milliseconds since the epoch. */
    private final Map<SessionKey, Long> lastEmitted = new HashMap<>();

    /** @param spacedEvents as in {@code CallLimits} */
    RevisionPace(int spacedEvents) {
        this.spacedEvents = spacedEvents;
    }

    /**
     * Notes that a call was emitted.
     *
     * @param time of the notification, or the due time, that it was emitted for
     */
    void emitted(List<StoredSession> call, String callId, long time) {
        if (pause(call) == 0) {
            return;
        }
        if (lastEmitted.size() >= MANY) {
            lastEmitted.values().removeIf(last -> last + LONGEST_MS < time);
        }
        lastEmitted.put(key(call, callId), time);
    }

    /**
     * When a call that has changed may be emitted.
     *
     * @param callId that it has now
     * @param time as in {@link #emitted}
     * @return 0 if it may be now
     */
    long heldUntil(List<StoredSession> call, String callId, long time) {
        long pause = pause(call);
        Long last = pause == 0 || !isEmittedUnder(callId, call) ? null : lastEmitted.get(key(call, callId));
        return last == null || time < last || time - last >= pause ? 0 : last + pause;
    }

    private long pause(List<StoredSession> call) {
        int events = 0;
        for (StoredSession session : call) {
            events += session.session().events().size();
        }
        return events < spacedEvents ? 0 : Math.min(LONGEST_MS, events * 1_000L / spacedEvents);
    }

    /** If not, sessions have become one call, or it has another id: that is said at once. */
    private static boolean isEmittedUnder(String callId, List<StoredSession> call) {
        for (StoredSession session : call) {
            if (!callId.equals(session.state().countedIn())) {
                return false;
            }
        }
        return true;
    }

    private static SessionKey key(List<StoredSession> call, String callId) {
        return new SessionKey(call.get(0).key().accountId(), callId);
    }
}
