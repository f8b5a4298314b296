package io.callweave.topology.calls;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionReason;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.PeerTie;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.session.Session;
import io.callweave.record.CallRecordJson;
import io.callweave.record.FailedRows;
import io.callweave.record.PartyRowJson;
import io.callweave.record.RewrittenRecord;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.feedgap.KnownGaps;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.LastEmission;
import io.callweave.topology.session.SessionState;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.session.StoredSession;
import io.callweave.topology.state.CountedOn;
import io.callweave.topology.windows.WindowAggregator;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emits records, each with the next revision of its call id, and only where they say something new. */
public final class Emitter {

    private static final Logger LOG = LoggerFactory.getLogger(Emitter.class);

    /** A call has at most as many former ids as sessions. A longer chain is emitted again. */
    private static final int MOST_HOPS = 100;

    private final SessionStore sessions;
    private final WindowAggregator windows;
    private final Directory directory;
    private final KnownGaps gaps;
    private final CallRules rules;
    private final int recordBytes;
    private final long epoch;
    private final boolean rowsRead;
    private final long foldVersion;
    private final BiFunction<Call, CallRules, CallRecord> fold;
    private final RecordHash hash = new RecordHash();

    /**
     * Makes one.
     *
     * @param rowsRead whether somebody reads {@code party-metrics}; else no rows are made
     */
    public Emitter(
            SessionStore sessions,
            WindowAggregator windows,
            Directory directory,
            KnownGaps gaps,
            CallRules rules,
            int recordBytes,
            long epoch,
            boolean rowsRead,
            BiFunction<Call, CallRules, CallRecord> fold) {
        this.sessions = sessions;
        this.windows = windows;
        this.directory = directory;
        this.gaps = gaps;
        this.rules = rules;
        this.recordBytes = recordBytes;
        this.epoch = epoch;
        this.rowsRead = rowsRead;
        this.foldVersion = FoldVersion.of(rules, recordBytes);
        this.fold = fold;
    }

    /**
     * Adds the record of a call and its party rows, unless this very record is out already. One that says the same
     * is the next revision if it overlaps a gap and its header did not say so.
     *
     * @param hasNewEvent whether something of the call is new. If not, a record of other rules or settings stays: with
     *     them, each call would be emitted again
     * @param cause receipt of the notification that it is because of, which can be one of another call; as below
     */
    void emit(CallView view, CompletionReason reason, boolean hasNewEvent, long cause, List<StageOutput> out) {
        // What the log says of sessions without events is not among those that a call is folded of again.
        boolean foldable = view.call().logged().isEmpty();
        emit(fold.apply(view.call(), rules), foldable, reason, hasNewEvent, cause, out);
    }

    /** Adds the record of a call that only RingCentral's Call Log tells of, unless this very record is out already. */
    void emitLogged(Session session, CompletionReason reason, long cause, List<StageOutput> out) {
        emit(CallRecord.ofLog(session), false, reason, true, cause, out);
    }

    private void emit(
            CallRecord call,
            boolean canBeFolded,
            CompletionReason reason,
            boolean hasNewEvent,
            long cause,
            List<StageOutput> out) {
        CallRecord whole = call;
        String gap = gaps.of(whole);
        SessionKey owner = new SessionKey(call.accountId(), call.callId());
        LastEmission last = sessions.state(owner).emission();
        boolean saysTheGap = gap == null || (last != null && last.inGap());
        if (!hasNewEvent && saysTheGap && last != null && last.foldVersion() != foldVersion) {
            return;
        }
        long revision = last == null ? 1 : last.revision() + 1;
        CallRecord shown = whole;
        byte[] json = CallRecordJson.write(whole, revision, epoch);
        boolean tooLarge = json.length > recordBytes;
        if (tooLarge) {
            whole = whole.capped();
            shown = whole.withoutParties();
            json = CallRecordJson.write(shown, revision, epoch);
            if (json.length > recordBytes) {
                shown = shown.withoutTexts();
                json = CallRecordJson.write(shown, revision, epoch);
            }
        }
        byte[] fingerprint = hash.of(json);
        boolean foldable = canBeFolded && !shown.incomplete().contains(Incomplete.CAPPED);
        if (last != null
                && last.isCall()
                && last.foldVersion() == foldVersion
                && saysTheGap
                && Arrays.equals(last.hash(), fingerprint)) {
            // A record that is cut does not show all that is counted.
            count(owner, whole, last.revision(), cause);
            if (foldable) {
                put(owner, last.with(null));
            }
            if (tooLarge) {
                rows(whole, last.revision(), reason, cause, out);
            }
            return;
        }
        boolean artifactsOnly = last != null
                && last.isCall()
                && saysTheGap
                && last.foldVersion() == foldVersion
                && RecordHash.differInArtifactsOnly(last.hash(), fingerprint);
        count(owner, whole, revision, cause);
        put(owner, new LastEmission(revision, null, foldVersion, fingerprint, gap != null, foldable ? null : json));
        out.add(new StageOutput.CallEmission(
                call.accountId(), call.callId(), reason, shown, revision, json, gap, artifactsOnly, cause));
        rows(whole, revision, reason, cause, out);
    }

    /**
     * Keeps the record that went out, because facts that have come since are held back: if the id is superseded meanwhile, its
     * last record must not show them.
     *
     * @param members the sessions of the call, as they were when it was emitted; null if they are not known
     * @param before the session that has changed, as it was; null if none has
     */
    void keepRecord(SessionKey owner, @Nullable List<Session> members, @Nullable Session before) {
        LastEmission last = sessions.state(owner).emission();
        if (last == null || !last.isCall() || last.json() != null || !isAmong(owner, members)) {
            return;
        }
        byte[] json = lastRecord(last, members, before);
        if (json != null && Arrays.equals(last.hash(), hash.of(json))) {
            put(owner, last.with(json));
        }
    }

    /** If not, the record was made of others: a call has the id of its first session. */
    private static boolean isAmong(SessionKey owner, @Nullable List<Session> members) {
        return members != null
                && members.stream().anyMatch(member -> member.key().equals(owner));
    }

    private void count(SessionKey owner, CallRecord callRecord, long revision, long cause) {
        countedOn(
                owner, windows.count(callRecord, revision, sessions.state(owner).countedOn(), cause));
    }

    private void countedOn(SessionKey owner, long day) {
        SessionState state = sessions.state(owner);
        if (state.countedOn() != day) {
            sessions.putState(owner, state.countedOn(day));
        }
    }

    private void put(SessionKey owner, LastEmission last) {
        sessions.putState(owner, sessions.state(owner).emission(last));
    }

    /** Also of a record that is too large to show its parties: their rows say that it is partial. */
    private void rows(
            CallRecord callRecord, long revision, CompletionReason reason, long cause, List<StageOutput> out) {
        if (!rowsRead) {
            return;
        }
        for (PartyRecord party : callRecord.parties()) {
            out.add(new StageOutput.PartyRow(
                    callRecord.accountId(),
                    PartyRowJson.key(callRecord, party),
                    reason,
                    PartyRowJson.write(
                            callRecord,
                            party,
                            revision,
                            epoch,
                            directory.find(callRecord.accountId(), party.extensionId()),
                            directory.find(callRecord.accountId(), party.queueExtensionId())),
                    cause));
        }
    }

    /**
     * Adds what is known of a call that cannot be folded: the last good record under its id, or its sessions only.
     *
     * @param formerCalls the sessions of calls that were emitted, as they were then, by call id
     * @param before the session that has changed, as it was; null if none has
     * @return the call id that it is emitted under
     */
    String emitFallback(
            List<StoredSession> call,
            Map<String, List<Session>> formerCalls,
            @Nullable Session before,
            long cause,
            List<StageOutput> out) {
        CallRecord sessionsOnly = CallRecord.ofSessionsOnly(
                call.stream().map(StoredSession::session).toList());
        String account = sessionsOnly.accountId();
        String callId = sessionsOnly.callId();
        SessionKey owner = new SessionKey(account, callId);
        LastEmission last = sessions.state(owner).emission();
        long revision = last == null ? 1 : last.revision() + 1;
        byte[] good = last == null || !last.isCall() ? null : lastRecord(last, formerCalls.get(callId), before);
        byte[] json = good == null
                ? CallRecordJson.write(sessionsOnly, revision, epoch)
                : RewrittenRecord.failed(good, revision);
        byte[] fingerprint = hash.of(json);
        if (last != null && last.isCall() && Arrays.equals(last.hash(), fingerprint)) {
            return callId;
        }
        String gap = gaps.of(sessionsOnly);
        put(owner, new LastEmission(revision, null, foldVersion, fingerprint, gap != null, json));
        CompletionReason reason = last == null ? CompletionReason.MAX_IDLE : CompletionReason.REVISED;
        out.add(new StageOutput.CallEmission(account, callId, reason, sessionsOnly, revision, json, gap, false, cause));
        if (good == null) {
            count(owner, sessionsOnly, revision, cause);
        } else {
            long counted = sessions.state(owner).countedOn();
            countedOn(owner, windows.countAsPartial(account, callId, revision, counted, cause));
            if (rowsRead) {
                FailedRows.of(json, directory::get)
                        .forEach((key, row) -> out.add(new StageOutput.PartyRow(account, key, reason, row, cause)));
            }
        }
        return callId;
    }

    /**
     * Emits under a former call id what became of that call, unless it is a call again or its last record says so already.
     *
     * @param members the sessions of that call, as they were when it was emitted
     * @param before the session that has changed, as it was; null if none has
     */
    void supersede(
            String account,
            String callId,
            List<Session> members,
            @Nullable Session before,
            long cause,
            List<StageOutput> out) {
        SessionKey owner = new SessionKey(account, callId);
        LastEmission last = sessions.state(owner).emission();
        String successor = sessions.state(owner).countedIn();
        if (last == null
                || successor == null
                || successor.equals(callId)
                || leadsTo(last.supersededBy(), account, successor)) {
            return;
        }
        byte[] lastJson = lastRecord(last, members, before);
        if (lastJson == null) {
            LOG.atError()
                    .addKeyValue("account", account)
                    .addKeyValue("callId", callId)
                    .log("The last record of a superseded call cannot be folded again; the superseding record lists its"
                            + " session only. Please report this.");
            lastJson = CallRecordJson.write(
                    CallRecord.ofSessionsOnly(List.of(sessions.get(owner).session())), last.revision(), epoch);
        }
        long revision = last.revision() + 1;
        byte[] json = RewrittenRecord.superseded(lastJson, revision, successor);
        // Kept: when the id is superseded once more, its sessions are no longer those of then.
        put(owner, new LastEmission(revision, successor, foldVersion, hash.of(json), false, json));
        windows.drop(account, callId, sessions.state(owner).countedOn(), cause);
        countedOn(owner, CountedOn.NO_DAY);
        out.add(new StageOutput.CallEmission(
                account, callId, CompletionReason.SUPERSEDED, null, revision, json, null, false, cause));
    }

    /**
     * Whether the records that were emitted before lead readers to the successor. Without this check, a call that joins
     * others one by one, each time under another id, would be emitted again under all of its former ids.
     */
    private boolean leadsTo(@Nullable String said, String account, String successor) {
        String id = said;
        for (int hops = 0; id != null && hops < MOST_HOPS; hops++) {
            if (id.equals(successor)) {
                return true;
            }
            id = sessions.state(new SessionKey(account, id)).supersededBy();
        }
        return false;
    }

    /** The record as it was last emitted; null if it cannot be folded any longer. */
    private byte @Nullable [] lastRecord(
            LastEmission last, @Nullable Collection<Session> members, @Nullable Session before) {
        if (last.json() != null) {
            return last.json();
        }
        if (members == null || members.isEmpty()) {
            return null;
        }
        try {
            return CallRecordJson.write(fold.apply(callOf(members, before), rules), last.revision(), epoch);
        } catch (RuntimeException failure) {
            return null;
        }
    }

    /** Whether what a call was counted as may still be in windows. */
    boolean isCounted(SessionKey owner) {
        return windows.isKept(owner.accountId(), sessions.state(owner).countedOn());
    }

    /** Sessions that were one call; what they were joined with and is not among them was not seen then. */
    private Call callOf(Collection<Session> members, @Nullable Session before) {
        Set<String> ids = members.stream().map(Session::id).collect(Collectors.toSet());
        Set<String> unseen = new TreeSet<>();
        for (Session member : members) {
            PeerTie.of(member).forEach((peer, tie) -> {
                if (!ids.contains(peer) && PeerTie.join(tie, tieBack(peer, member, before))) {
                    unseen.add(peer);
                }
            });
        }
        return Call.of(members, unseen);
    }

    /** What another session said of this one. It is a call of its own if it said that it supervises it. */
    private @Nullable PeerTie tieBack(String peer, Session member, @Nullable Session before) {
        return before != null && before.id().equals(peer)
                ? PeerTie.of(before).get(member.id())
                : sessions.state(member.key()).tie(peer).others();
    }
}
