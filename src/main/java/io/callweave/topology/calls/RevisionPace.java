package io.callweave.topology.calls;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.session.StoredSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spaces out the revisions of large calls. Each late event of a call makes a revision, and each revision shows all of the
 * call; so two thousand late events of a call with two thousand events would write gigabytes, and all other calls of the
 * partition would wait for them. A call of ordinary size is never held back.
 *
 * <p>When a call was emitted last is only known in memory. After a restart, its next revision comes at once.
 */
final class RevisionPace {

    /** RingCentral's largest real calls stay far below this. */
    static final int LARGE_EVENTS = 250;

    /** No revision waits for longer, in milliseconds. */
    static final long LONGEST_MS = 10_000;

    private static final int MANY = 1_000;

    /** By the call id under which it was emitted, in milliseconds since the epoch. */
    private final Map<SessionKey, Long> lastEmitted = new HashMap<>();

    /**
     * Notes that a call was emitted.
     *
     * @param time of the notification, or the due time, that it was emitted for
     */
    void emitted(SessionKey callId, List<StoredSession> call, long time) {
        if (pause(call) == 0) {
            return;
        }
        if (lastEmitted.size() >= MANY) {
            lastEmitted.values().removeIf(last -> last + LONGEST_MS < time);
        }
        lastEmitted.put(callId, time);
    }

    /**
     * When a call that has changed may be emitted.
     *
     * @param time as in {@link #emitted}
     * @return 0 if it may be now
     */
    long heldUntil(List<StoredSession> call, long time) {
        long pause = pause(call);
        SessionKey callId = pause == 0 ? null : emittedUnder(call);
        Long last = callId == null ? null : lastEmitted.get(callId);
        return last == null || time < last || time - last >= pause ? 0 : last + pause;
    }

    /** One second for each 250 events. */
    private static long pause(List<StoredSession> call) {
        int events = 0;
        for (StoredSession session : call) {
            events += session.session().events().size();
        }
        return events < LARGE_EVENTS ? 0 : Math.min(LONGEST_MS, events * 1_000L / LARGE_EVENTS);
    }

    /** Null if it was not, or if it was several calls: that they are one is said at once. */
    private static @Nullable SessionKey emittedUnder(List<StoredSession> call) {
        String callId = null;
        for (StoredSession session : call) {
            String counted = session.state().countedIn();
            if (counted != null && callId != null && !callId.equals(counted)) {
                return null;
            }
            callId = counted == null ? callId : counted;
        }
        return callId == null ? null : new SessionKey(call.get(0).key().accountId(), callId);
    }
}
