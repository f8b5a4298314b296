package io.callweave.topology;

import io.callweave.call.Call;
import io.callweave.call.CallRecord;
import io.callweave.call.CallRules;
import io.callweave.call.Completion;
import io.callweave.call.CompletionReason;
import io.callweave.call.Joining;
import io.callweave.call.PartyEvent;
import io.callweave.call.Session;
import io.callweave.call.SessionKey;
import io.callweave.call.Waits;
import io.callweave.record.CallRecordJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides after each change which calls there are now, and which records have to go out: each call once when it is over,
 * again whenever its record has changed since, and under its old id once more when it turned out to be part of another.
 */
final class CallDesk {

    private final SessionStore sessions;
    private final CallLedger ledger;
    private final DueQueue due;
    private final CallRules rules;
    private final Waits waits;

    CallDesk(SessionStore sessions, CallLedger ledger, DueQueue due, CallRules rules, Waits waits) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.due = due;
        this.rules = rules;
        this.waits = waits;
    }

    /** A party event has come; what goes out because of it. */
    List<CallEmission> accept(PartyEvent event, long receivedAt) {
        SessionKey key = event.session();
        // A new fact can also part what was joined (a supervision was recognised), so those it was joined with count
        // too.
        Set<String> affected = new LinkedHashSet<>(componentOf(key).seen());
        if (!sessions.add(event, receivedAt)) {
            return List.of();
        }
        affected.add(key.telephonySessionId());
        return settle(key.accountId(), affected, null);
    }

    /** The time has come to look at a session; what goes out because of it. */
    List<CallEmission> due(DueQueue.Due entry, long now) {
        SessionKey key = entry.key();
        SessionState state = sessions.get(key).state();
        if (state.armedDue() != entry.time() || state.wasEmitted()) {
            return List.of();
        }
        sessions.putState(key, state.armedDue(0));
        return settle(key.accountId(), componentOf(key).seen(), now);
    }

    private Joining.Component componentOf(SessionKey key) {
        return new Joining(sessions.ofAccount(key.accountId())).componentOf(key.telephonySessionId());
    }

    /**
     * Looks at every call that the affected sessions are in now.
     *
     * @param now null if this is not about time
     */
    private List<CallEmission> settle(String account, Collection<String> affected, @Nullable Long now) {
        List<CallEmission> emissions = new ArrayList<>();
        Set<String> formerCallIds = new TreeSet<>();
        for (Joining.Component component : new Joining(sessions.ofAccount(account)).components(affected)) {
            settle(account, component, now, emissions, formerCallIds);
        }
        for (String former : formerCallIds) {
            supersede(account, former, emissions);
        }
        return emissions;
    }

    private void settle(
            String account,
            Joining.Component component,
            @Nullable Long now,
            List<CallEmission> emissions,
            Set<String> formerCallIds) {
        List<SessionStore.Held> held = component.seen().stream()
                .map(id -> sessions.get(new SessionKey(account, id)))
                .toList();
        Call call = Call.of(held.stream().map(SessionStore.Held::session).toList(), component.unseen());
        long lastChange =
                held.stream().mapToLong(SessionStore.Held::lastChange).max().orElseThrow();
        CompletionReason reason = reasonToEmit(call, held, lastChange, now);
        if (reason == null) {
            return;
        }
        CallEmission emission = emit(call, reason, lastChange);
        if (emission != null) {
            emissions.add(emission);
        }
        for (SessionStore.Held session : held) {
            String former = session.state().countedIn();
            if (former != null && !former.equals(call.callId())) {
                formerCallIds.add(former);
            }
            sessions.putState(session.session().key(), session.state().countedIn(call.callId()));
        }
    }

    /** Null if the call has to be waited for, and then its next due time is set. */
    private @Nullable CompletionReason reasonToEmit(
            Call call, List<SessionStore.Held> held, long lastChange, @Nullable Long now) {
        if (held.stream().anyMatch(session -> session.state().wasEmitted())) {
            return CompletionReason.REVISED;
        }
        if (Completion.isBeyondDoubt(call, rules)) {
            return CompletionReason.OVER;
        }
        Waits.Wait wait = waits.of(call);
        long dueTime = lastChange + wait.millis();
        if (now != null && dueTime <= now) {
            return wait.reason();
        }
        arm(held, dueTime);
        return null;
    }

    /** One entry per call is enough; an earlier one looks again and finds out that it is too early. */
    private void arm(List<SessionStore.Held> held, long dueTime) {
        boolean armed = held.stream()
                .mapToLong(session -> session.state().armedDue())
                .anyMatch(other -> other != 0 && other <= dueTime);
        if (!armed) {
            Session session = held.get(0).session();
            due.add(dueTime, session.key());
            sessions.putState(session.key(), held.get(0).state().armedDue(dueTime));
        }
    }

    /** Null if this very record is out already. */
    private @Nullable CallEmission emit(Call call, CompletionReason reason, long lastReceivedAt) {
        CallRecord callRecord = CallRecord.of(call, rules);
        CallLedger.Entry last = ledger.get(call.accountId(), call.callId());
        if (last != null
                && !last.superseded()
                && Arrays.equals(last.json(), CallRecordJson.write(callRecord, last.revision()))) {
            return null;
        }
        long revision = last == null ? 1 : last.revision() + 1;
        byte[] json = CallRecordJson.write(callRecord, revision);
        ledger.put(call.accountId(), call.callId(), new CallLedger.Entry(revision, false, json));
        return new CallEmission(call.accountId(), call.callId(), statusOf(callRecord), reason, json, lastReceivedAt);
    }

    private static TopologyMetrics.Emitted statusOf(CallRecord callRecord) {
        return callRecord.state() == CallRecord.State.COMPLETE
                ? TopologyMetrics.Emitted.COMPLETE
                : TopologyMetrics.Emitted.PARTIAL;
    }

    /** Says under a call id that was given out what has become of that call, unless it is a call again. */
    private void supersede(String account, String callId, List<CallEmission> emissions) {
        CallLedger.Entry last = ledger.get(account, callId);
        SessionStore.Held session = sessions.get(new SessionKey(account, callId));
        String successor = session.state().countedIn();
        if (last == null || last.superseded() || successor == null || successor.equals(callId)) {
            return;
        }
        long revision = last.revision() + 1;
        byte[] json = CallRecordJson.superseded(last.json(), revision, successor);
        ledger.put(account, callId, new CallLedger.Entry(revision, true, json));
        emissions.add(new CallEmission(
                account,
                callId,
                TopologyMetrics.Emitted.SUPERSEDED,
                CompletionReason.SUPERSEDED,
                json,
                session.lastChange()));
    }
}
