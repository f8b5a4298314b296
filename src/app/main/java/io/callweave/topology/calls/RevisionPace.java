package io.callweave.topology.calls;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.LaterFact;
import io.callweave.topology.session.StoredSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spaces out the revisions of large calls. Each late event of a call makes a revision, and each revision shows all of the
 * call; so two thousand late events of a call with two thousand events would write gigabytes, and all other calls of the
 * partition would wait for them. Recordings and later facts count as events do. A call of ordinary size is never held back.
 *
 * <p>When a call was emitted last is only known in memory. After a restart, its next revision comes at once.
 */
final class RevisionPace {

    /** No revision waits for longer, in milliseconds. */
    static final long LONGEST_MS = 10_000;

    private static final int MANY = 1_000;

    /** So many characters of later facts weigh as much as an event. */
    private static final int CHARACTERS_OF_AN_EVENT = 200;

    private final int spacedEvents;

    /** By the call id under which it was emitted, in milliseconds since the epoch. */
    private final Map<SessionKey, Long> lastEmitted = new HashMap<>();

    /** By session: when it was emitted with others than before. */
    private final Map<SessionKey, Long> lastJoined = new HashMap<>();

    /** @param spacedEvents as in {@code CallLimits} */
    RevisionPace(int spacedEvents) {
        this.spacedEvents = spacedEvents;
    }

    /**
     * Notes that a call is emitted. It is still known under which ids its sessions were emitted before.
     *
     * @param time of the notification, or the due time, that it is emitted for
     * @param cause receipt of that notification. A due time can be later than the receipts of notifications that are still to be
     *     read, and then each of them would be as one of a clock that went back
     */
    void emitted(List<StoredSession> call, String callId, long time, long cause) {
        if (pause(call) == 0) {
            return;
        }
        note(lastEmitted, key(call, callId), time);
        if (!isEmittedUnder(callId, call) && isEmitted(call)) {
            call.forEach(session -> note(lastJoined, session.key(), cause));
        }
    }

    private static void note(Map<SessionKey, Long> times, SessionKey key, long time) {
        if (times.size() >= MANY) {
            times.values().removeIf(last -> last + LONGEST_MS < time);
        }
        times.put(key, time);
    }

    /**
     * When a call that has changed may be emitted. That sessions have become one call, or are one no longer, is said at once; only
     * if it changes again, it waits.
     *
     * @param callId that it has now
     * @param time of the notification, or the due time, that it would be emitted for
     * @return 0 if it may be now
     */
    long heldUntil(List<StoredSession> call, String callId, long time) {
        long pause = pause(call);
        Long last = pause == 0
                ? null
                : isEmittedUnder(callId, call) ? lastEmitted.get(key(call, callId)) : lastJoined(call);
        return last == null || time < last || time - last >= pause ? 0 : last + pause;
    }

    private @Nullable Long lastJoined(List<StoredSession> call) {
        Long latest = null;
        for (StoredSession session : call) {
            Long last = lastJoined.get(session.key());
            latest = latest == null || (last != null && last > latest) ? last : latest;
        }
        return latest;
    }

    private long pause(List<StoredSession> call) {
        int weight = 0;
        for (StoredSession session : call) {
            for (PartyEvent event : session.session().events()) {
                weight += 1 + event.facts().recordings().size();
            }
            for (LaterFact fact : session.session().facts().facts()) {
                weight += 1 + fact.content().characters() / CHARACTERS_OF_AN_EVENT;
            }
        }
        return weight < spacedEvents ? 0 : Math.min(LONGEST_MS, weight * 1_000L / spacedEvents);
    }

    private static boolean isEmitted(List<StoredSession> call) {
        return call.stream().anyMatch(session -> session.state().wasEmitted());
    }

    /** If not, sessions have become one call, or it has another id. */
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
