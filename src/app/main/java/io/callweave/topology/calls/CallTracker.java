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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides after each change which calls there are now, and what is to be emitted: each call once when it is over, again
 * whenever its record has changed since, and under its old id once more when it turned out to be part of another.
 */
public final class CallTracker {

    private static final Joining.Component ALONE = new Joining.Component(Set.of(), Set.of());
    private static final long ANOTHER_DAY_MS = Duration.ofDays(1).toMillis();
    private static final long NEVER = Long.MAX_VALUE;
    private static final Logger LOG = LoggerFactory.getLogger(CallTracker.class);

    private final SessionStore sessions;
    private final Emitter emitter;
    private final LiveCalls live;
    private final CallSchedule schedule;
    private final RevisionPace pace;
    private final CallRules rules;
    private final CompletionTimeouts waits;
    private final long lateWindow;
    private final long markerRetention;
    private final long factsSettle;
    private final long backfillWait;

    public CallTracker(SessionStore sessions, Emitter emitter, LiveCalls live, CallDues due, CallOptions options) {
        this.sessions = sessions;
        this.emitter = emitter;
        this.live = live;
        this.schedule = new CallSchedule(sessions, due);
        this.rules = options.rules();
        this.pace = new RevisionPace(options.limits().spacedEvents());
        this.waits = options.waits();
        this.lateWindow = options.lateWindow().toMillis();
        this.markerRetention = options.markerRetention().toMillis();
        this.factsSettle = options.artifactsSettle().toMillis();
        this.backfillWait = options.backfillWait().toMillis();
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
            CallChanges changes = new CallChanges(account, null, liveTime, receivedAt, before);
            settle(affected, changes);
            return finish(changes);
        }
        // Most calls are one session, and then there is nothing to join; and mostly nothing comes of a change.
        List<StoredSession> call = List.of(session);
        if (canWait(call, null, liveTime)) {
            await(call, account);
            return List.of();
        }
        long lastChange = CallView.lastChange(call);
        if (isHeld(call, session.id(), lastChange, lastChange)) {
            emitter.keepRecord(session.key(), List.of(before), before);
            return List.of();
        }
        CallChanges changes = new CallChanges(account, null, liveTime, receivedAt, before);
        decide(call, ALONE, changes);
        return finish(changes);
    }

    /**
     * The later facts of a session have changed. A call that was emitted is revised when they have settled; any other
     * shows them when it is emitted.
     *
     * @param before the session as it was
     * @param receivedAt when the facts were received, in milliseconds since the epoch
     */
    public void factsChanged(SessionKey key, Session before, long receivedAt) {
        Joining.Component component = sessions.componentOf(key);
        if (sessions.state(key).isLogged()) {
            loggedChanged(key, component, receivedAt);
        }
        if (component.seen().isEmpty()) {
            return;
        }
        // What the log says of a session without events is shown by the call that names it.
        SessionKey shown = sessions.state(key).isSeen()
                ? key
                : new SessionKey(key.accountId(), component.seen().iterator().next());
        SessionState state = sessions.state(shown);
        String callId = state.countedIn();
        if (callId == null || state.later().revisionDue() != 0) {
            return;
        }
        List<StoredSession> call = CallView.held(key.accountId(), component, sessions);
        List<Session> asItWas = new ArrayList<>(call.size());
        for (StoredSession session : call) {
            if (callId.equals(session.state().countedIn())) {
                asItWas.add(session.key().equals(key) ? before : session.session());
            }
        }
        emitter.keepRecord(new SessionKey(key.accountId(), callId), asItWas, before);
        long settled = receivedAt + factsSettle;
        // Not the state of before: keeping the record may have changed it.
        SessionState now = sessions.state(shown);
        sessions.putState(shown, now.later(now.later().dueAt(settled)));
        schedule.at(CallSchedule.keys(call), settled);
    }

    /** Sets the time to look at a session that only the Call Log tells of. */
    private void loggedChanged(SessionKey key, Joining.Component component, long receivedAt) {
        SessionState state = sessions.state(key);
        if (state.scheduledDue() == 0) {
            schedule.at(List.of(key), receivedAt + backfillWait);
        }
        if (component.seen().isEmpty() && isOut(state) && state.later().revisionDue() == 0) {
            sessions.putState(key, sessions.state(key).later(state.later().dueAt(receivedAt + factsSettle)));
            schedule.at(List.of(key), receivedAt + factsSettle);
        }
    }

    /** Whether a call stands under the id of this session. */
    private static boolean isOut(SessionState state) {
        return state.emission() != null && state.emission().isCall();
    }

    /**
     * Sessions that may no longer be named by others are looked at, if only the Call Log tells of them.
     *
     * @param unseen sessions without events
     * @param receivedAt as in {@link #changed}
     */
    public void lookAt(String account, Collection<String> unseen, long receivedAt) {
        for (String id : unseen) {
            SessionKey key = new SessionKey(account, id);
            if (sessions.state(key).isLogged()
                    && sessions.componentOf(key).seen().isEmpty()) {
                schedule.at(List.of(key), receivedAt);
            }
        }
    }

    /**
     * What is emitted of a session that only the Call Log tells of: a call, unless another one names it. It is closed when a
     * call would be.
     */
    private List<StageOutput> logged(SessionKey key, long now) {
        SessionState state = sessions.state(key);
        List<SessionKey> alone = List.of(key);
        if (!sessions.componentOf(key).seen().isEmpty()) {
            schedule.at(alone, now + lateWindow); // it is closed with the call that names it
            return List.of();
        }
        long closing = state.lastChange() + lateWindow;
        long revision = state.later().revisionDue();
        long next = !isOut(state)
                ? state.lastChange() + backfillWait
                : revision == 0 ? closing : Math.min(revision, closing);
        if (next > now) {
            schedule.at(alone, next);
            return List.of();
        }
        if (isOut(state) && revision == 0) {
            return close(key, now);
        }
        List<StageOutput> out = new ArrayList<>();
        emitter.emitLogged(
                sessions.get(key).session(),
                state.emission() == null ? CompletionReason.BACKFILL : CompletionReason.REVISED,
                revision == 0 ? state.lastChange() : revision - factsSettle,
                out);
        SessionState emitted = sessions.state(key);
        // It may have been part of a call that no longer names it.
        sessions.putState(key, emitted.countedIn(null).later(emitted.later().dueAt(0)));
        schedule.at(alone, Math.max(closing, now));
        return out;
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
    private void await(List<StoredSession> call, String account) {
        boolean own = false;
        for (StoredSession session : call) {
            own |= session.open().areSomeOf(account);
        }
        schedule.at(CallSchedule.keys(call), CallView.lastChange(call) + waits.whileOpen(own));
    }

    /**
     * The time has come to look at a session; what is emitted because of it.
     *
     * @param clock not before the time of the entry; much later after a long pause
     */
    public List<StageOutput> due(DueQueue.Due entry, long clock, long liveTime) {
        long now = entry.time();
        SessionState state = sessions.state(entry.key());
        if (state.scheduledDue() != entry.time()) {
            return List.of();
        }
        if (state.closed()) {
            forget(entry.key(), clock);
            return List.of();
        }
        sessions.putState(entry.key(), state.scheduledDue(0));
        if (state.isLogged()) {
            return logged(entry.key(), now);
        }
        return state.wasEmitted() ? revise(entry.key(), now, liveTime) : settle(entry.key(), now, liveTime, true);
    }

    /**
     * Without its marker, a straggler would begin a new call of the same id. Where that would count beside the old one, the
     * marker stays another day of the clock: days that have passed already would be looked at one by one.
     */
    private void forget(SessionKey key, long clock) {
        if (emitter.isCounted(key)) {
            long later = clock + ANOTHER_DAY_MS;
            sessions.putState(key, sessions.state(key).scheduledDue(later));
            schedule.forgetAt(later, key);
        } else {
            sessions.forget(key);
        }
    }

    /** A gap in the notifications of the account has become known; what is emitted because of it. */
    public List<StageOutput> gapKnown(SessionKey key, long now, long liveTime) {
        return sessions.state(key).wasEmitted() ? settle(key, now, liveTime, false) : List.of();
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
        CallChanges changes = new CallChanges(key.accountId(), null, liveTime, CallView.lastChange(call), null);
        changes.formerLiveIds.add(key.telephonySessionId());
        try {
            // An earlier session may have come meanwhile, and then the call has its id.
            live.update(CallView.of(key.accountId(), call, component, sessions), liveTime, changes.cause, changes.out);
        } catch (RuntimeException failure) {
            emitFallback(call, failure, changes);
        }
        out.addAll(finish(changes));
    }

    /**
     * A call that was emitted is over, unless it has changed a moment ago and its revision was held back, or later facts
     * have come that it does not show yet.
     */
    private List<StageOutput> revise(SessionKey key, long now, long liveTime) {
        Collection<String> call = sessions.componentOf(key).seen();
        long change = lastChange(key.accountId(), call);
        long facts = factsDue(key.accountId(), call);
        boolean wasHeld = now - change <= RevisionPace.LONGEST_MS && now < change + lateWindow;
        if (wasHeld || facts <= now || (facts != NEVER && change + lateWindow <= now)) {
            return settle(key, now, liveTime, true);
        }
        if (facts != NEVER) {
            schedule.at(
                    call.stream().map(id -> new SessionKey(key.accountId(), id)).toList(),
                    Math.min(facts, change + lateWindow));
            return List.of();
        }
        return close(key, now);
    }

    /** The earliest time at which later facts of a call have settled; {@link #NEVER} if none have changed. */
    private long factsDue(String account, Collection<String> ids) {
        long earliest = NEVER;
        for (String id : ids) {
            long due = sessions.state(new SessionKey(account, id)).later().revisionDue();
            earliest = due == 0 ? earliest : Math.min(earliest, due);
        }
        return earliest;
    }

    /** Looks at the one call that a session is in, because of the time, or of a gap. */
    private List<StageOutput> settle(SessionKey key, long now, long liveTime, boolean hasNewEvent) {
        Collection<String> component = sessions.componentOf(key).seen();
        long cause = lastChange(key.accountId(), component);
        long facts = factsDue(key.accountId(), component);
        boolean hasNewFact = facts != NEVER;
        if (hasNewFact) {
            cause = Math.max(cause, facts - factsSettle);
        }
        CallChanges changes = new CallChanges(key.accountId(), now, liveTime, cause, null, hasNewEvent || hasNewFact);
        settle(component, changes);
        return finish(changes);
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
    private void settle(Collection<String> affected, CallChanges changes) {
        for (Joining.Component component : sessions.components(changes.account, affected)) {
            settle(CallView.held(changes.account, component, sessions), component, changes);
        }
    }

    private void settle(List<StoredSession> call, Joining.Component component, CallChanges changes) {
        if (canWait(call, changes.now, changes.liveTime)) {
            await(call, changes.account);
        } else {
            decide(call, component, changes);
        }
    }

    /**
     * Whether a revision comes too soon after the one before; then the time is set when it has to be looked at.
     *
     * @param cause receipt of what has changed it, which can be an event of a session that is not in it any longer
     */
    private boolean isHeld(List<StoredSession> call, String callId, long time, long cause) {
        long until = pace.heldUntil(call, callId, time);
        if (until == 0) {
            return false;
        }
        SessionKey first = call.get(0).key();
        SessionState state = sessions.state(first);
        if (CallView.lastChange(call) < cause && state.later().revisionDue() == 0) {
            sessions.putState(first, state.later(state.later().dueAt(cause + factsSettle)));
        }
        schedule.at(CallSchedule.keys(call), until);
        return true;
    }

    private void decide(List<StoredSession> call, Joining.Component component, CallChanges changes) {
        call.forEach(changes::remember);
        component.unseen().forEach(id -> {
            SessionKey key = new SessionKey(changes.account, id);
            changes.rememberId(key, sessions.state(key));
        });
        try {
            settle(CallView.of(changes.account, call, component, sessions), changes);
        } catch (RuntimeException failure) {
            emitFallback(call, failure, changes);
        }
    }

    private void settle(CallView view, CallChanges changes) {
        long time = changes.now == null ? Math.max(view.lastChange(), changes.cause) : changes.now;
        String callId = view.call().callId();
        CompletionReason reason = reasonToEmit(view, changes.now);
        // A gap is said once for each call, so it need not be held back.
        if (reason != null && changes.hasNewEvent && isHeld(view.sessions(), callId, time, changes.cause)) {
            changes.hold(view.sessions());
            return;
        }
        if (reason != null) {
            emitter.emit(view, reason, changes.hasNewEvent, changes.cause, changes.out);
            pace.emitted(view.sessions(), callId, time, changes.cause);
            countIn(view.sessions(), callId);
            for (Session logged : view.call().logged()) {
                sessions.putState(logged.key(), sessions.state(logged.key()).countedIn(callId));
            }
            live.finished(view.sessions());
        } else if (view.wasBackfilled()) {
            live.finished(view.sessions());
        } else if (changes.now == null) {
            live.update(view, changes.liveTime, changes.cause, changes.out);
        }
    }

    /** Emits what became of former call ids. Ids that were calls until now come first, because older ids lead to them. */
    private List<StageOutput> finish(CallChanges changes) {
        // Only now it is known of which sessions each of these records was made.
        changes.held.forEach(callId -> emitter.keepRecord(
                new SessionKey(changes.account, callId), changes.formerCalls.get(callId), changes.before));
        for (boolean wasCall : new boolean[] {true, false}) {
            changes.formerCalls.forEach((callId, members) -> {
                if (changes.wereCalls.contains(callId) == wasCall) {
                    emitter.supersede(changes.account, callId, members, changes.before, changes.cause, changes.out);
                }
            });
        }
        live.clear(changes.account, changes.formerLiveIds, changes.cause, changes.out);
        return changes.out;
    }

    /** A mistake of ours in one call must not stop all others of the partition. */
    private void emitFallback(List<StoredSession> call, RuntimeException failure, CallChanges changes) {
        SessionKey key = call.get(0).key();
        LOG.atError()
                .addKeyValue("account", key.accountId())
                .addKeyValue("telephonySessionId", key.telephonySessionId())
                .setCause(failure)
                .log(
                        "A call cannot be folded; its record says internalError. Please report this with the stack trace.");
        countIn(call, emitter.emitFallback(call, changes.formerCalls, changes.before, changes.cause, changes.out));
        live.finished(call);
    }

    private void countIn(List<StoredSession> call, String callId) {
        for (StoredSession session : call) {
            if (!session.state().wasEmitted()) {
                schedule.cancel(session.key());
            }
            sessions.settle(session, callId);
        }
        schedule.at(CallSchedule.keys(call), CallView.lastChange(call) + lateWindow);
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
        schedule.at(CallSchedule.keys(view.sessions()), dueTime);
        return null;
    }

    /** After a restart, continues the wait of a live session. */
    public void restore(StoredSession session) {
        schedule.restore(session);
    }

    /** Drops a call that nothing has changed for the late window; a marker per session stays. */
    private List<StageOutput> close(SessionKey key, long now) {
        // Without its events: they are dropped, and folding them may be what failed.
        Joining.Component component = sessions.componentOf(key);
        List<SessionKey> call = new ArrayList<>();
        component.seen().forEach(id -> call.add(new SessionKey(key.accountId(), id)));
        long closing = lastChange(key.accountId(), component.seen()) + lateWindow;
        if (closing > now) {
            schedule.at(call, closing);
            return List.of();
        }
        component.unseen().stream()
                .map(id -> new SessionKey(key.accountId(), id))
                .filter(unseen -> sessions.state(unseen).isLogged())
                .forEach(call::add);
        long forgetAt = now + markerRetention;
        for (SessionKey session : call) {
            sessions.close(session, forgetAt);
            schedule.forgetAt(forgetAt, session);
        }
        return List.of();
    }
}
