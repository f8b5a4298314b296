package io.callweave.topology.calls;

import io.callweave.call.event.SessionKey;
import io.callweave.call.session.Session;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.StoredSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What comes of looking at calls, and why they are looked at. */
final class CallChanges {

    final String account;
    final @Nullable Long now;
    final long liveTime;
    final long cause;
    final @Nullable Session before;
    final boolean hasNewEvent;
    final List<StageOutput> out = new ArrayList<>();

    /** By the call ids under which sessions were emitted: these sessions, as they were then. */
    final Map<String, List<Session>> formerCalls = new TreeMap<>();

    /** Those of these ids that were not superseded. */
    final Set<String> wereCalls = new TreeSet<>();

    /** Those of these ids whose records stay as they are for a while. */
    final Set<String> held = new TreeSet<>();

    final Set<String> formerLiveIds = new TreeSet<>();

    /**
     * Begins with nothing.
     *
     * @param now null if this is not about time
     * @param cause receipt of the notification that this is because of
     * @param before the session that has changed, as it was; null if none has
     */
    CallChanges(String account, @Nullable Long now, long liveTime, long cause, @Nullable Session before) {
        this(account, now, liveTime, cause, before, true);
    }

    /** @param hasNewEvent whether there may be an event since the calls were emitted last */
    CallChanges(
            String account,
            @Nullable Long now,
            long liveTime,
            long cause,
            @Nullable Session before,
            boolean hasNewEvent) {
        this.account = account;
        this.now = now;
        this.liveTime = liveTime;
        this.cause = cause;
        this.before = before;
        this.hasNewEvent = hasNewEvent;
    }

    /** Of a session that was seen, or of one that only the Call Log tells of. */
    void rememberId(SessionKey session, SessionState state) {
        // Its own id may say that it is part of a call that it is part of no more.
        if (state.wasEmitted() || state.emission() != null) {
            formerCalls.computeIfAbsent(session.telephonySessionId(), id -> new ArrayList<>());
            if (state.supersededBy() == null) {
                wereCalls.add(session.telephonySessionId());
            }
        }
    }

    /** What these sessions have become is said later. */
    void hold(List<StoredSession> call) {
        for (StoredSession session : call) {
            String callId = session.state().countedIn();
            if (callId != null) {
                held.add(callId);
            }
        }
    }

    void remember(StoredSession session) {
        String callId = session.state().countedIn();
        if (callId != null) {
            boolean hasChanged = before != null && before.key().equals(session.key());
            formerCalls.computeIfAbsent(callId, id -> new ArrayList<>()).add(hasChanged ? before : session.session());
        }
        rememberId(session.key(), session.state());
        if (session.state().liveIn() != null) {
            formerLiveIds.add(session.state().liveIn());
        }
    }
}
