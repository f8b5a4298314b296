package io.callweave.topology;

import io.callweave.call.Call;
import io.callweave.call.CallRecord;
import io.callweave.call.CallRules;
import io.callweave.call.CompletionReason;
import io.callweave.call.PartyRecord;
import io.callweave.call.SessionKey;
import io.callweave.record.CallRecordJson;
import io.callweave.record.FailedRows;
import io.callweave.record.PartyRowJson;
import io.callweave.record.RewrittenRecord;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** Gives records out, each with the next revision of its call id, and only where they say something new. */
final class Emitter {

    private final SessionStore sessions;
    private final CallLedger ledger;
    private final WindowDesk windows;
    private final Directory directory;
    private final CallRules rules;
    private final int recordBytes;
    private final BiFunction<Call, CallRules, CallRecord> fold;

    Emitter(
            SessionStore sessions,
            CallLedger ledger,
            WindowDesk windows,
            Directory directory,
            CallRules rules,
            int recordBytes) {
        this(sessions, ledger, windows, directory, rules, recordBytes, CallRecord::of);
    }

    Emitter(
            SessionStore sessions,
            CallLedger ledger,
            WindowDesk windows,
            Directory directory,
            CallRules rules,
            int recordBytes,
            BiFunction<Call, CallRules, CallRecord> fold) {
        this.sessions = sessions;
        this.ledger = ledger;
        this.windows = windows;
        this.directory = directory;
        this.rules = rules;
        this.recordBytes = recordBytes;
        this.fold = fold;
    }

    /**
     * Adds the record of a call and its party rows, unless this very record is out already.
     *
     * @param cause receipt of the notification that it is because of, which can be one of another call; as below
     */
    void emit(CallView view, CompletionReason reason, long cause, List<Stage2Output> out) {
        Call call = view.call();
        CallRecord whole = fold.apply(call, rules);
        CallLedger.Entry last = ledger.get(call.accountId(), call.callId());
        long revision = last == null ? 1 : last.revision() + 1;
        CallRecord shown = whole;
        byte[] json = CallRecordJson.write(whole, revision);
        boolean tooLarge = json.length > recordBytes;
        if (tooLarge) {
            whole = whole.capped();
            shown = whole.withoutParties();
            json = CallRecordJson.write(shown, revision);
        }
        // Also where the record stays as it is: it does not show all that is counted.
        windows.count(whole, cause);
        if (last != null && last.isCall() && Arrays.equals(last.json(), CallRecordJson.write(shown, last.revision()))) {
            if (tooLarge) {
                rows(whole, last.revision(), reason, cause, out);
            }
            return;
        }
        ledger.put(call.accountId(), call.callId(), new CallLedger.Entry(revision, null, json));
        out.add(new Stage2Output.CallEmission(call.accountId(), call.callId(), reason, shown, revision, json, cause));
        rows(whole, revision, reason, cause, out);
    }

    /** Also of a record that is too large to show its parties: their rows say that it is partial. */
    private void rows(
            CallRecord callRecord, long revision, CompletionReason reason, long cause, List<Stage2Output> out) {
        for (PartyRecord party : callRecord.parties()) {
            out.add(new Stage2Output.PartyRow(
                    PartyRowJson.key(callRecord, party),
                    reason,
                    PartyRowJson.write(
                            callRecord,
                            party,
                            revision,
                            directory.find(callRecord.accountId(), party.extensionId()),
                            directory.find(callRecord.accountId(), party.queueExtensionId())),
                    cause));
        }
    }

    /**
     * Adds what can be saved of a call that cannot be folded: the last good record under this id, or its sessions only.
     *
     * @return the call id that it goes out under
     */
    String salvage(List<SessionStore.Held> held, long cause, List<Stage2Output> out) {
        CallRecord sessionsOnly = CallRecord.ofSessionsOnly(
                held.stream().map(SessionStore.Held::session).toList());
        String account = sessionsOnly.accountId();
        String callId = sessionsOnly.callId();
        CallLedger.Entry last = ledger.get(account, callId);
        long lastRevision = last == null ? 0 : last.revision();
        byte[] unchanged = last == null || !last.isCall()
                ? CallRecordJson.write(sessionsOnly, lastRevision)
                : RewrittenRecord.failed(last.json(), lastRevision);
        if (last == null || !last.isCall() || !Arrays.equals(last.json(), unchanged)) {
            long revision = lastRevision + 1;
            byte[] json = last == null || !last.isCall()
                    ? CallRecordJson.write(sessionsOnly, revision)
                    : RewrittenRecord.failed(last.json(), revision);
            ledger.put(account, callId, new CallLedger.Entry(revision, null, json));
            CompletionReason reason = last == null ? CompletionReason.MAX_IDLE : CompletionReason.REVISED;
            out.add(new Stage2Output.CallEmission(account, callId, reason, sessionsOnly, revision, json, cause));
            if (last == null || !last.isCall()) {
                windows.count(sessionsOnly, cause);
            } else {
                windows.countAsPartial(account, callId, cause);
                FailedRows.of(json, extension -> directory.get(account, extension))
                        .forEach((key, row) -> out.add(new Stage2Output.PartyRow(key, reason, row, cause)));
            }
        }
        return callId;
    }

    /**
     * Says under a call id that was given out what has become of that call, unless it is a call again, or says so already.
     */
    void supersede(String account, String callId, long cause, List<Stage2Output> out) {
        CallLedger.Entry last = ledger.get(account, callId);
        SessionStore.Held session = sessions.get(new SessionKey(account, callId));
        String successor = session.state().countedIn();
        if (last == null || successor == null || successor.equals(callId) || successor.equals(last.supersededBy())) {
            return;
        }
        long revision = last.revision() + 1;
        byte[] json = RewrittenRecord.superseded(last.json(), revision, successor);
        ledger.put(account, callId, new CallLedger.Entry(revision, successor, json));
        windows.drop(account, callId, cause);
        out.add(new Stage2Output.CallEmission(
                account, callId, CompletionReason.SUPERSEDED, null, revision, json, cause));
    }

    /** Forgets what was emitted under a call id that nothing can change any more. */
    void forget(SessionKey key) {
        ledger.delete(key.accountId(), key.telephonySessionId());
    }
}
