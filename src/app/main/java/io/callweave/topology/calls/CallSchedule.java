package io.callweave.topology.calls;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.time.CallDues;
import java.util.ArrayList;
import java.util.List;

/** When calls are to be looked at again. Each session remembers its own time, so that an entry that is outdated does nothing. */
final class CallSchedule {

    private final SessionStore sessions;
    private final CallDues due;

    CallSchedule(SessionStore sessions, CallDues due) {
        this.sessions = sessions;
        this.due = due;
    }

    /** One entry per call is enough; an earlier one looks again and finds out that it is too early. */
    void at(List<SessionKey> call, long dueTime) {
        for (SessionKey session : call) {
            long other = sessions.state(session).scheduledDue();
            if (other != 0 && other <= dueTime) {
                return;
            }
        }
        SessionKey session = call.get(0);
        SessionState state = sessions.state(session);
        if (state.wasEmitted() || !state.isSeen()) {
            due.add(dueTime, session);
        } else {
            due.await(dueTime, session);
        }
        sessions.putState(session, sessions.state(session).scheduledDue(dueTime));
    }

    /** After a restart, continues the wait of a live session. */
    void restore(StoredSession session) {
        SessionState state = session.state();
        if (!state.wasEmitted() && state.scheduledDue() != 0) {
            due.await(state.scheduledDue(), session.key());
        }
    }

    /** The session no longer waits for the time that was set. */
    void cancel(SessionKey session) {
        due.cancel(session);
        sessions.putState(session, sessions.state(session).scheduledDue(0));
    }

    /** When the marker of a closed session is to be forgotten. */
    void forgetAt(long time, SessionKey session) {
        due.add(time, session);
    }

    static List<SessionKey> keys(List<StoredSession> call) {
        List<SessionKey> keys = new ArrayList<>(call.size());
        for (StoredSession session : call) {
            keys.add(session.key());
        }
        return keys;
    }
}
