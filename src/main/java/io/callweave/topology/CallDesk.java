package io.callweave.topology;

import io.callweave.call.CallRules;
import io.callweave.call.Completion;
import io.callweave.call.CompletionReason;
import io.callweave.call.Joining;
import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import io.callweave.call.Waits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides after each change which calls there are now, and what has to go out: each call once when it is over, again
 * whenever its record has changed since, and under its old id once more when it turned out to be part of another.
 */
final class CallDesk {

    private static final Joining.Component ALONE = new Joining.Component(Set.of(), Set.of());
    private static final Logger LOG = LoggerFactory.getLogger(CallDesk.class);

    private final SessionStore sessions;
    private final Emitter emitter;
    private final LiveCalls live;
    private final DueQueue due;
    private final CallRules rules;
    private final Timing timing;
    private final EventKeeper keeper;
    private final Limits limits;

    CallDesk(
            SessionStore sessions,
            Emitter emitter,
            LiveCalls live,
            DueQueue due,
            CallRules rules,
            Timing timing,
            Limits limits) {
        this.sessions = sessions;
        this.emitter = emitter;
        this.live = live;
        this.due = due;
        this.rules = rules;
        this.timing = timing;
        this.limits = limits;
        this.keeper = new EventKeeper(sessions, limits);
    }

    /** The same key, as it is held already: comparing with itself is what costs least. */
    SessionKey known(SessionKey key) {
        return sessions.get(key).session().key();
    }

    /**
     * A party event has come.
     *
     * @param message as what it came over the hop
     * @param receivedAt when its notification was received, in milliseconds since the epoch
     * @param liveTime the time that spaces out live calls
     * @return what goes out because of it
     */
    List<Stage2Output> accept(PartyEvent event, HopMessage.Event message, long receivedAt, long liveTime) {
        SessionKey key = event.session();
        SessionStore.Held held = sessions.get(key);
        if (held.state().closed()) {
            return List.of(new Stage2Output.TooLate(message, receivedAt));
        }
        if (!held.session().isChangedBy(event)) {
            return List.of();
        }
        if (!held.isLinked()
                && event.facts().peer() == null
                && held.session().events().size() < limits.sessionEvents()) {
            return acceptAlone(event, receivedAt, liveTime);
        }
        // A new fact can also part what was joined (a supervision was recognised), so those it was joined with count
        // too.
        Set<String> affected = new LinkedHashSet<>();
        affected.add(key.telephonySessionId());
        if (held.isLinked()) {
            affected.addAll(sessions.componentOf(key).seen());
        }
        affected.addAll(keeper.keep(event, held, affected, receivedAt));
        List<Stage2Output> out = settle(affected, new Outcome(key.accountId(), null, liveTime, receivedAt));
        sessions.flush();
        return out;
    }

    /** Most calls are one session, and then there is nothing to join. */
    private List<Stage2Output> acceptAlone(PartyEvent event, long receivedAt, long liveTime) {
        sessions.add(event, receivedAt, false);
        Outcome outcome = new Outcome(event.session().accountId(), null, liveTime, receivedAt);
        settle(List.of(sessions.get(event.session())), ALONE, outcome);
        List<Stage2Output> out = finish(outcome);
        sessions.flush();
        return out;
    }

    /** The time has come to look at a session; what goes out because of it. */
    List<Stage2Output> due(DueQueue.Due entry, long liveTime) {
        long now = entry.time();
        SessionKey key = entry.key();
        SessionState state = sessions.get(key).state();
        if (state.armedDue() != entry.time()) {
            return List.of();
        }
        if (state.closed()) {
            sessions.forget(key);
            return List.of();
        }
        sessions.putState(key, state.armedDue(0));
        List<Stage2Output> out = state.wasEmitted() ? close(key, now) : settle(key, now, liveTime);
        sessions.flush();
        return out;
    }

    /** Live calls that were held back by their interval. */
    List<Stage2Output> liveCalls(long liveTime) {
        List<SessionKey> ready = live.takeReady(liveTime);
        if (ready.isEmpty()) {
            return List.of();
        }
        List<Stage2Output> out = new ArrayList<>();
        for (SessionKey key : ready) {
            SessionStore.Held held = sessions.get(key);
            if (key.telephonySessionId().equals(held.state().liveIn())) {
                giveOutLive(key, liveTime, out);
            }
        }
        sessions.flush();
        return out;
    }

    private void giveOutLive(SessionKey key, long liveTime, List<Stage2Output> out) {
        Joining.Component component = sessions.componentOf(key);
        List<SessionStore.Held> held = CallView.held(key.accountId(), component, sessions);
        try {
            CallView view = CallView.of(key.accountId(), held, component, sessions);
            live.send(view, liveTime, view.lastChange(), out);
        } catch (RuntimeException failure) {
            Outcome outcome = new Outcome(key.accountId(), null, liveTime, CallView.lastChange(held));
            outcome.formerLiveIds.add(key.telephonySessionId());
            salvage(held, failure, outcome);
            out.addAll(finish(outcome));
        }
    }

    /** Looks at the one call that a session is in, because of the time. */
    private List<Stage2Output> settle(SessionKey key, long now, long liveTime) {
        Collection<String> component = sessions.componentOf(key).seen();
        long lastChange = component.stream()
                .mapToLong(
                        id -> sessions.get(new SessionKey(key.accountId(), id)).lastChange())
                .max()
                .orElse(0);
        return settle(component, new Outcome(key.accountId(), now, liveTime, lastChange));
    }

    /** What comes of looking at calls, and why they are looked at. */
    private static final class Outcome {

        private final String account;
        private final @Nullable Long now;
        private final long liveTime;
        private final long cause;
        private final List<Stage2Output> out = new ArrayList<>();
        private final Set<String> formerCallIds = new TreeSet<>();
        private final Set<String> formerLiveIds = new TreeSet<>();

        /**
         * Begins with nothing.
         *
         * @param now null if this is not about time
         * @param cause receipt of the notification that this is because of
         */
        Outcome(String account, @Nullable Long now, long liveTime, long cause) {
            this.account = account;
            this.now = now;
            this.liveTime = liveTime;
            this.cause = cause;
        }
    }

    /** Looks at every call that the affected sessions are in now. */
    private List<Stage2Output> settle(Collection<String> affected, Outcome outcome) {
        for (Joining.Component component : new Joining(sessions.ofAccount(outcome.account)).components(affected)) {
            settle(CallView.held(outcome.account, component, sessions), component, outcome);
        }
        return finish(outcome);
    }

    private void settle(List<SessionStore.Held> held, Joining.Component component, Outcome outcome) {
        for (SessionStore.Held session : held) {
            if (session.state().wasEmitted()) {
                // Its own id may say that it is part of a call that it is part of no more.
                outcome.formerCallIds.add(session.session().id());
                addTo(outcome.formerCallIds, session.state().countedIn());
            }
            addTo(outcome.formerLiveIds, session.state().liveIn());
        }
        try {
            settle(CallView.of(outcome.account, held, component, sessions), outcome);
        } catch (RuntimeException failure) {
            salvage(held, failure, outcome);
        }
    }

    private void settle(CallView view, Outcome outcome) {
        CompletionReason reason = reasonToEmit(view, outcome.now);
        if (reason != null) {
            emitter.emit(view, reason, outcome.cause, outcome.out);
            countIn(view.sessions(), view.call().callId());
            live.finished(view.sessions());
        } else if (outcome.now == null) {
            live.update(refreshed(view), outcome.liveTime, outcome.cause, outcome.out);
        }
    }

    /** What becomes of the ids that calls had before. */
    private List<Stage2Output> finish(Outcome outcome) {
        for (String former : outcome.formerCallIds) {
            emitter.supersede(outcome.account, former, outcome.cause, outcome.out);
        }
        live.clear(outcome.account, outcome.formerLiveIds, outcome.cause, outcome.out);
        return outcome.out;
    }

    /** A mistake of ours in one call must not stop all others of the partition. */
    private void salvage(List<SessionStore.Held> held, RuntimeException failure, Outcome outcome) {
        SessionKey key = held.get(0).session().key();
        LOG.atError()
                .addKeyValue("account", key.accountId())
                .addKeyValue("telephonySessionId", key.telephonySessionId())
                .setCause(failure)
                .log(
                        "A call cannot be folded; its record says internalError. Please report this with the stack trace.");
        countIn(held, emitter.salvage(held, outcome.cause, outcome.out));
        live.finished(held);
    }

    private static void addTo(Set<String> ids, @Nullable String id) {
        if (id != null) {
            ids.add(id);
        }
    }

    /** The view with the states of its sessions as they are now. */
    private CallView refreshed(CallView view) {
        return new CallView(
                view.call(),
                view.sessions().stream()
                        .map(session -> sessions.get(session.session().key()))
                        .toList(),
                view.lastChange());
    }

    private void countIn(List<SessionStore.Held> held, String callId) {
        List<SessionStore.Held> counted = new ArrayList<>();
        for (SessionStore.Held session : held) {
            SessionKey key = session.session().key();
            sessions.putState(key, sessions.get(key).state().countedIn(callId));
            counted.add(sessions.get(key));
            sessions.release(key);
        }
        arm(counted, CallView.lastChange(held) + timing.lateWindow());
    }

    /** Null if the call has to be waited for, and then its next due time is set. */
    private @Nullable CompletionReason reasonToEmit(CallView view, @Nullable Long now) {
        if (view.wasEmitted()) {
            return CompletionReason.REVISED;
        }
        if (Completion.isBeyondDoubt(view.call(), rules)) {
            return CompletionReason.OVER;
        }
        Waits.Wait wait = timing.waits().of(view.call());
        long dueTime = view.lastChange() + wait.millis();
        if (now != null && dueTime <= now) {
            return wait.reason();
        }
        arm(view.sessions(), dueTime);
        return null;
    }

    /** One entry per call is enough; an earlier one looks again and finds out that it is too early. */
    private void arm(List<SessionStore.Held> held, long dueTime) {
        for (SessionStore.Held session : held) {
            long other = session.state().armedDue();
            if (other != 0 && other <= dueTime) {
                return;
            }
        }
        SessionStore.Held session = held.get(0);
        due.add(dueTime, session.session().key());
        sessions.putState(session.session().key(), session.state().armedDue(dueTime));
    }

    /** Drops a call that nothing has changed for the late window; a marker per session stays. */
    private List<Stage2Output> close(SessionKey key, long now) {
        // Without folding it: that may be what failed.
        List<SessionStore.Held> call = CallView.held(key.accountId(), sessions.componentOf(key), sessions);
        long closing = CallView.lastChange(call) + timing.lateWindow();
        if (closing > now) {
            arm(call, closing);
            return List.of();
        }
        for (SessionStore.Held session : call) {
            SessionKey sessionKey = session.session().key();
            long forgetAt = now + timing.markerRetention();
            sessions.close(sessionKey, forgetAt);
            emitter.forget(sessionKey);
            due.add(forgetAt, sessionKey);
        }
        return List.of();
    }
}
