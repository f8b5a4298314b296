package io.callweave.topology.calls;

import io.callweave.call.CallRules;
import io.callweave.call.completion.Completion;
import io.callweave.call.completion.CompletionReason;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.Joining;
import io.callweave.call.session.Session;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.time.CallDues;
import io.callweave.topology.time.DueQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides after each change which calls there are now, and what is to be emitted: each call once when it is over, again
 * whenever its record has changed since, and under its old id once more when it turned out to be part of another.
 */
public final class CallTracker {

    private static final Joining.Component ALONE = new Joining.Component(Set.of(), Set.of());
    private static final Logger LOG = LoggerFactory.getLogger(CallTracker.class);

    private final SessionStore sessions;
    private final Emitter emitter;
    private final LiveCalls live;
    private final CallDues due;
    private final RevisionPace pace;
    private final CallRules rules;
    private final CompletionTimeouts waits;
    private final long lateWindow;
    private final long markerRetention;

    public CallTracker(
            SessionStore sessions,
            Emitter emitter,
            LiveCalls live,
            CallDues due,
            CallRules rules,
            CallTimeouts timing,
            int spacedEvents) {
        this.sessions = sessions;
        this.emitter = emitter;
        this.live = live;
        this.due = due;
        this.rules = rules;
        this.pace = new RevisionPace(spacedEvents);
        this.waits = timing.waits();
        this.lateWindow = timing.lateWindow().toMillis();
        this.markerRetention = timing.markerRetention().toMillis();
    }

    /** What comes of looking at calls, and why they are looked at. */
    private static final class Outcome {

        private final String account;
        private final @Nullable Long now;
        private final long liveTime;
        private final long cause;
        private final @Nullable Session before;
        private final List<StageOutput> out = new ArrayList<>();

        /** By the call ids under which sessions were emitted: these sessions, as they were then. */
        private final Map<String, List<Session>> formerCalls = new TreeMap<>();

        /** Those of these ids that were not superseded. */
        private final Set<String> wereCalls = new TreeSet<>();

        private final Set<String> formerLiveIds = new TreeSet<>();

        /**
         * Begins with nothing.
         *
         * @param now null if this is not about time
         * @param cause receipt of the notification that this is because of
         * @param before the session that has changed, as it was; null if none has
         */
        Outcome(String account, @Nullable Long now, long liveTime, long cause, @Nullable Session before) {
            this.account = account;
            this.now = now;
            this.liveTime = liveTime;
            this.cause = cause;
            this.before = before;
        }

        void remember(StoredSession session) {
            String callId = session.state().countedIn();
            if (callId != null) {
                boolean hasChanged = before != null && before.key().equals(session.key());
                formerCalls
                        .computeIfAbsent(callId, id -> new ArrayList<>())
                        .add(hasChanged ? before : session.session());
                // Its own id may say that it is part of a call that it is part of no more.
                formerCalls.computeIfAbsent(session.id(), id -> new ArrayList<>());
                if (session.state().supersededBy() == null) {
                    wereCalls.add(session.id());
                }
            }
            if (session.state().liveIn() != null) {
                formerLiveIds.add(session.state().liveIn());
            }
        }
    }

    /**
     * A session has changed.
     *
     * @param before as it was
     * @param affected the sessions whose calls may have changed with it, itself among them
     * @param receivedAt when the notification was received, in milliseconds since the epoch
     * @param liveTime the time that spaces out live calls
     * @return what is emitted because of it
     */
    public List<StageOutput> changed(
            StoredSession session, Session before, Collection<String> affected, long receivedAt, long liveTime) {
        String account = session.key().accountId();
        if (session.state().isLinked() || affected.size() > 1) {
            Outcome outcome = new Outcome(account, null, liveTime, receivedAt, before);
            settle(affected, outcome);
            return finish(outcome);
        }
        // Most calls are one session, and then there is nothing to join; and mostly nothing comes of a change.
        List<StoredSession> call = List.of(session);
        if (canWait(call, null, liveTime)) {
            schedule(call, account);
            return List.of();
        }
        if (isHeld(call, session.id(), CallView.lastChange(call))) {
            return List.of();
        }
        Outcome outcome = new Outcome(account, null, liveTime, receivedAt, before);
        decide(call, ALONE, outcome);
        return finish(outcome);
    }

    /**
     * Whether nothing can be decided yet, so that the call need not be put together: a party is there, nothing was emitted,
     * and those who look at live calls have seen it a moment ago.
     */
    private boolean canWait(List<StoredSession> call, @Nullable Long now, long liveTime) {
        boolean open = false;
        for (StoredSession session : call) {
            if (session.state().wasEmitted()) {
                return false;
            }
            open |= session.open().areSome();
        }
        return open && now == null && live.holdsBack(call, liveTime);
    }

    /** Sets the time for a call that can wait. It may be too early: then the call is looked at again. */
    private void schedule(List<StoredSession> call, String account) {
        boolean own = false;
        for (StoredSession session : call) {
            own |= session.open().areSomeOf(account);
        }
        schedule(keys(call), CallView.lastChange(call) + waits.whileOpen(own));
    }

    /** The time has come to look at a session; what is emitted because of it. */
    public List<StageOutput> due(DueQueue.Due entry, long liveTime) {
        long now = entry.time();
        SessionState state = sessions.state(entry.key());
        if (state.scheduledDue() != entry.time()) {
            return List.of();
        }
        if (state.closed()) {
            sessions.forget(entry.key());
            return List.of();
        }
        sessions.putState(entry.key(), state.scheduledDue(0));
        return state.wasEmitted() ? revise(entry.key(), now, liveTime) : settle(entry.key(), now, liveTime);
    }

    /** A gap in the notifications of the account has become known; what is emitted because of it. */
    public List<StageOutput> gapKnown(SessionKey key, long now, long liveTime) {
        return sessions.state(key).wasEmitted() ? settle(key, now, liveTime) : List.of();
    }

    /** A live call that was held back by its interval, if it still is one. */
    public List<StageOutput> liveCall(SessionKey key, long liveTime) {
        List<StageOutput> out = new ArrayList<>();
        if (key.telephonySessionId().equals(sessions.state(key).liveIn())) {
            emitLive(key, liveTime, out);
        }
        return out;
    }

    private void emitLive(SessionKey key, long liveTime, List<StageOutput> out) {
        Joining.Component component = sessions.componentOf(key);
        List<StoredSession> call = CallView.held(key.accountId(), component, sessions);
        Outcome outcome = new Outcome(key.accountId(), null, liveTime, CallView.lastChange(call), null);
        outcome.formerLiveIds.add(key.telephonySessionId());
        try {
            // An earlier session may have come meanwhile, and then the call has its id.
            live.update(CallView.of(key.accountId(), call, component, sessions), liveTime, outcome.cause, outcome.out);
        } catch (RuntimeException failure) {
            emitFallback(call, failure, outcome);
        }
        out.addAll(finish(outcome));
    }

    /** A call that was emitted is over, unless it has changed a moment ago and its revision was held back. */
    private List<StageOutput> revise(SessionKey key, long now, long liveTime) {
        long change = lastChange(key.accountId(), sessions.componentOf(key).seen());
        boolean wasHeld = now - change <= RevisionPace.LONGEST_MS && now < change + lateWindow;
        return wasHeld ? settle(key, now, liveTime) : close(key, now);
    }

    /** Looks at the one call that a session is in, because of the time. */
    private List<StageOutput> settle(SessionKey key, long now, long liveTime) {
        Collection<String> component = sessions.componentOf(key).seen();
        long lastChange = lastChange(key.accountId(), component);
        Outcome outcome = new Outcome(key.accountId(), now, liveTime, lastChange, null);
        settle(component, outcome);
        return finish(outcome);
    }

    private long lastChange(String account, Collection<String> ids) {
        long latest = 0;
        for (String id : ids) {
            latest =
                    Math.max(latest, sessions.state(new SessionKey(account, id)).lastChange());
        }
        return latest;
    }

    /** Looks at every call that the affected sessions are in now. */
    private void settle(Collection<String> affected, Outcome outcome) {
        for (Joining.Component component : sessions.components(outcome.account, affected)) {
            settle(CallView.held(outcome.account, component, sessions), component, outcome);
        }
    }

    private void settle(List<StoredSession> call, Joining.Component component, Outcome outcome) {
        if (canWait(call, outcome.now, outcome.liveTime)) {
            schedule(call, outcome.account);
        } else {
            decide(call, component, outcome);
        }
    }

    /** Whether a revision comes too soon after the one before; then the time is set when it has to be looked at. */
    private boolean isHeld(List<StoredSession> call, String callId, long time) {
        long until = pace.heldUntil(call, callId, time);
        if (until != 0) {
            schedule(keys(call), until);
        }
        return until != 0;
    }

    private void decide(List<StoredSession> call, Joining.Component component, Outcome outcome) {
        call.forEach(outcome::remember);
        try {
            settle(CallView.of(outcome.account, call, component, sessions), outcome);
        } catch (RuntimeException failure) {
            emitFallback(call, failure, outcome);
        }
    }

    private void settle(CallView view, Outcome outcome) {
        long time = outcome.now == null ? view.lastChange() : outcome.now;
        if (isHeld(view.sessions(), view.call().callId(), time)) {
            return;
        }
        CompletionReason reason = reasonToEmit(view, outcome.now);
        if (reason != null) {
            emitter.emit(view, reason, outcome.cause, outcome.out);
            countIn(view.sessions(), view.call().callId());
            pace.emitted(view.sessions(), view.call().callId(), time);
            live.finished(view.sessions());
        } else if (outcome.now == null) {
            live.update(view, outcome.liveTime, outcome.cause, outcome.out);
        }
    }

    /** Emits what became of former call ids. Ids that were calls until now come first, because older ids lead to them. */
    private List<StageOutput> finish(Outcome outcome) {
        for (boolean wasCall : new boolean[] {true, false}) {
            outcome.formerCalls.forEach((callId, members) -> {
                if (outcome.wereCalls.contains(callId) == wasCall) {
                    emitter.supersede(outcome.account, callId, members, outcome.before, outcome.cause, outcome.out);
                }
            });
        }
        live.clear(outcome.account, outcome.formerLiveIds, outcome.cause, outcome.out);
        return outcome.out;
    }

    /** A mistake of ours in one call must not stop all others of the partition. */
    private void emitFallback(List<StoredSession> call, RuntimeException failure, Outcome outcome) {
        SessionKey key = call.get(0).key();
        LOG.atError()
                .addKeyValue("account", key.accountId())
                .addKeyValue("telephonySessionId", key.telephonySessionId())
                .setCause(failure)
                .log(
                        "A call cannot be folded; its record says internalError. Please report this with the stack trace.");
        countIn(call, emitter.emitFallback(call, outcome.formerCalls, outcome.before, outcome.cause, outcome.out));
        live.finished(call);
    }

    private void countIn(List<StoredSession> call, String callId) {
        for (StoredSession session : call) {
            if (!session.state().wasEmitted()) {
                due.cancel(session.key());
                sessions.putState(session.key(), session.state().scheduledDue(0));
            }
            sessions.settle(session, callId);
        }
        schedule(keys(call), CallView.lastChange(call) + lateWindow);
    }

    /** Null if the call has to be waited for, and then its next due time is set. */
    private @Nullable CompletionReason reasonToEmit(CallView view, @Nullable Long now) {
        if (view.wasEmitted()) {
            return CompletionReason.REVISED;
        }
        CompletionTimeouts.Wait wait = Completion.of(view.call(), rules, waits);
        if (wait.reason() == CompletionReason.OVER) {
            return CompletionReason.OVER;
        }
        long dueTime = view.lastChange() + wait.millis();
        if (now != null && dueTime <= now) {
            return wait.reason();
        }
        schedule(keys(view.sessions()), dueTime);
        return null;
    }

    /** One entry per call is enough; an earlier one looks again and finds out that it is too early. */
    private void schedule(List<SessionKey> call, long dueTime) {
        for (SessionKey session : call) {
            long other = sessions.state(session).scheduledDue();
            if (other != 0 && other <= dueTime) {
                return;
            }
        }
        SessionKey session = call.get(0);
        if (sessions.state(session).wasEmitted()) {
            due.add(dueTime, session);
        } else {
            due.await(dueTime, session);
        }
        sessions.putState(session, sessions.state(session).scheduledDue(dueTime));
    }

    /** After a restart, continues the wait of a live session. */
    public void restore(StoredSession session) {
        SessionState state = session.state();
        if (!state.wasEmitted() && state.scheduledDue() != 0) {
            due.await(state.scheduledDue(), session.key());
        }
    }

    private static List<SessionKey> keys(List<StoredSession> call) {
        List<SessionKey> keys = new ArrayList<>(call.size());
        for (StoredSession session : call) {
            keys.add(session.key());
        }
        return keys;
    }

    /** Drops a call that nothing has changed for the late window; a marker per session stays. */
    private List<StageOutput> close(SessionKey key, long now) {
        // Without its events: they are dropped, and folding them may be what failed.
        Collection<String> seen = sessions.componentOf(key).seen();
        List<SessionKey> call =
                seen.stream().map(id -> new SessionKey(key.accountId(), id)).toList();
        long closing = lastChange(key.accountId(), seen) + lateWindow;
        if (closing > now) {
            schedule(call, closing);
            return List.of();
        }
        long forgetAt = now + markerRetention;
        for (SessionKey session : call) {
            sessions.close(session, forgetAt);
            due.add(forgetAt, session);
        }
        return List.of();
    }
}
