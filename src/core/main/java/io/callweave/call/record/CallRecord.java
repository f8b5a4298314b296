package io.callweave.call.record;

import io.callweave.call.AnsweredBy;
import io.callweave.call.AnsweringParties;
import io.callweave.call.Call;
import io.callweave.call.CallAddresses;
import io.callweave.call.CallDirection;
import io.callweave.call.CallRules;
import io.callweave.call.calllog.CallResult;
import io.callweave.call.calllog.Leg;
import io.callweave.call.calllog.Legs;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import io.callweave.call.joining.Link;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import io.callweave.call.session.Session;
import io.callweave.call.transfer.Numbers;
import io.callweave.call.transfer.Transfer;
import io.callweave.call.transfer.Transfers;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one call: a pure function of the sets of its party events and later facts, and of the {@link CallRules}. Times are
 * milliseconds since the epoch.
 *
 * @param callId the telephony session id of the first session
 * @param artifacts by kind, then id
 * @param callLog what RingCentral's Call Log says of its sessions, by start, then id; empty unless somebody asked it
 */
public record CallRecord(
        String callId,
        String accountId,
        State state,
        SortedSet<Incomplete> incomplete,
        String direction,
        boolean internal,
        CallResult outcome,
        CallTimes times,
        CallPeople people,
        List<SessionRecord> sessions,
        SortedSet<String> missingSessions,
        CallGraph graph,
        List<Artifact> artifacts,
        List<CallLogEntry> callLog) {

    /** Whether the record is whole. */
    public enum State {
        COMPLETE,
        PARTIAL,
        /** No event of the call was seen: RingCentral's Call Log tells of it. */
        BACKFILLED,
        /** The call is part of another one; only of records that were read back. */
        SUPERSEDED;

        /** As in JSON. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public @Nullable Address from() {
        return people.from();
    }

    public @Nullable Address to() {
        return people.to();
    }

    public @Nullable AnsweredBy answeredBy() {
        return people.answeredBy();
    }

    public List<QueueVisit> queues() {
        return people.queues();
    }

    public List<PartyRecord> parties() {
        return graph.parties();
    }

    public List<Transfer> transfers() {
        return graph.transfers();
    }

    /** Whether only RingCentral's Call Log tells of it. Then it is not known who talked for how long. */
    public boolean isBackfilled() {
        return state == State.BACKFILLED;
    }

    /** Whether somebody of the account called somebody outside. */
    public boolean goesOut() {
        return direction.equals(CallDirection.OUTBOUND.wireName()) && !internal;
    }

    /** The final record of a call: whatever is not over ends with the call. */
    public static CallRecord of(Call call, CallRules rules) {
        SortedSet<Incomplete> incomplete = Incomplete.of(call, rules);
        Artifacts.Of artifacts = Artifacts.of(call);
        if (artifacts.capped()) {
            incomplete.add(Incomplete.CAPPED);
        }
        State state = incomplete.isEmpty() ? State.COMPLETE : State.PARTIAL;
        return of(call, state, incomplete, Call.endTime(call.parties()), artifacts);
    }

    /**
     * The record of a call that only RingCentral's Call Log tells of.
     *
     * @param session with its log records and without events
     */
    public static CallRecord ofLog(Session session) {
        return LoggedCall.of(session);
    }

    /**
     * The record of a call that cannot be folded: its sessions, and that there was an error. Unknown values have the
     * Call Log's words for that.
     */
    public static CallRecord ofSessionsOnly(Collection<Session> sessions) {
        List<SessionRecord> records = sessions.stream()
                .map(SessionRecord::unfolded)
                .sorted(Comparator.comparingLong(SessionRecord::startTime)
                        .thenComparing(SessionRecord::telephonySessionId))
                .toList();
        long endTime = records.stream().mapToLong(SessionRecord::endTime).max().orElseThrow();
        return new CallRecord(
                records.get(0).telephonySessionId(),
                sessions.iterator().next().key().accountId(),
                State.PARTIAL,
                new TreeSet<>(Set.of(Incomplete.INTERNAL_ERROR)),
                CallDirection.INBOUND.wireName(),
                false,
                CallResult.UNKNOWN,
                new CallTimes(records.get(0).startTime(), endTime, null, null, 0, 0, 0),
                CallPeople.UNKNOWN,
                records,
                new TreeSet<>(),
                CallGraph.NONE,
                List.of(),
                List.of());
    }

    /** This record, marked as too large to be emitted whole. */
    public CallRecord capped() {
        SortedSet<Incomplete> reasons = new TreeSet<>(incomplete);
        reasons.add(Incomplete.CAPPED);
        return with(isBackfilled() ? state : State.PARTIAL, reasons, people, sessions, graph, artifacts, callLog);
    }

    /** What is emitted of a record that is {@link #capped}: everything but its parties and what is listed for each of them. */
    public CallRecord withoutParties() {
        CallRecord capped = capped();
        return with(capped.state, capped.incomplete, people, sessions, CallGraph.NONE, artifacts, callLog);
    }

    /**
     * What is emitted of a record that is too large even {@link #withoutParties}: it has nothing but ids, times and what was
     * decided of the call.
     */
    public CallRecord withoutTexts() {
        List<SessionRecord> ids =
                sessions.stream().map(SessionRecord::withoutTexts).toList();
        return with(state, incomplete, CallPeople.UNKNOWN, ids, CallGraph.NONE, List.of(), List.of());
    }

    private CallRecord with(
            State newState,
            SortedSet<Incomplete> reasons,
            CallPeople shown,
            List<SessionRecord> shownSessions,
            CallGraph kept,
            List<Artifact> keptArtifacts,
            List<CallLogEntry> keptLog) {
        return new CallRecord(
                callId,
                accountId,
                newState,
                reasons,
                direction,
                internal,
                outcome,
                times,
                shown,
                shownSessions,
                missingSessions,
                kept,
                keptArtifacts,
                keptLog);
    }

    private static CallRecord of(
            Call call, State state, SortedSet<Incomplete> incomplete, long until, Artifacts.Of artifacts) {
        CallTimes times = CallTimes.of(call, until);
        List<Link> links = Link.of(call);
        List<Transfer> transfers = Transfers.of(call, links);
        CallDirection direction = CallDirection.of(call);
        CallResult outcome = CallResult.of(call, direction, times.answerTime() != null);
        FoldedSession first = call.first();
        CallAddresses addresses = CallAddresses.of(first);
        Legs legs = new Legs(call, direction, outcome, addresses, links, until);
        List<Leg> ofCall = legs.legs();
        List<Party> answering = AnsweringParties.of(call);
        Set<PartyRef> answeringRefs = answering.stream().map(Party::ref).collect(Collectors.toSet());
        return new CallRecord(
                call.callId(),
                call.accountId(),
                state,
                incomplete,
                direction.wireName(),
                direction.isInternal(),
                outcome,
                times,
                new CallPeople(
                        addresses.from(),
                        addresses.to(),
                        CallerName.of(first, addresses.from()),
                        AnsweredBy.of(answering),
                        FirstToLeave.of(call, times.answerTime() != null),
                        QueueVisits.of(call, answering),
                        legs.refsOfCall(ofCall)),
                call.sessions().stream().map(SessionRecord::of).toList(),
                call.missingSessions(),
                new CallGraph(
                        ofCall,
                        call.parties().stream()
                                .map(party -> PartyRecord.of(
                                        party, answeringRefs.contains(party.ref()), isInitiator(call, party), until))
                                .toList(),
                        links,
                        transfers,
                        Numbers.of(call, links)),
                artifacts.artifacts(),
                artifacts.callLog());
    }

    private static boolean isInitiator(Call call, Party party) {
        return call.session(party.ref().telephonySessionId()).isRingOutInitiator(party);
    }
}
