package io.callweave.call;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one call: a pure function of the set of its party events and of the {@link CallRules}. Times are
 * milliseconds since the epoch.
 *
 * @param callId the telephony session id of the first session
 * @param sessionId the legacy id of that session
 * @param times of a live call, up to its latest event
 * @param from as the party with the lowest sequence of the first session has it, as {@code to}
 * @param refs what a Call Log record of the call would name
 * @param transferors the parties that handed the call on, blind or attended
 */
public record CallRecord(
        String callId,
        String accountId,
        State state,
        SortedSet<Incomplete> incomplete,
        @Nullable String sessionId,
        String direction,
        boolean internal,
        CallResult outcome,
        CallTimes times,
        @Nullable Address from,
        @Nullable Address to,
        CallLogRefs refs,
        List<Leg> legs,
        List<SessionRecord> sessions,
        SortedSet<String> missingSessions,
        List<PartyRecord> parties,
        List<Link> links,
        List<Transfer> transfers,
        List<NumberSeen> numbers,
        Set<PartyRef> transferors) {

    /** Whether the record is one of a call that goes on, or of one that is over, and then whether it is whole. */
    public enum State {
        LIVE,
        COMPLETE,
        PARTIAL
    }

    /** The final record of a call: what is not over ends with the call. */
    public static CallRecord of(Call call, CallRules rules) {
        SortedSet<Incomplete> incomplete = Incomplete.of(call, rules);
        State state = incomplete.isEmpty() ? State.COMPLETE : State.PARTIAL;
        return of(call, state, incomplete, Call.endTime(call.parties()));
    }

    /** The record so far of a call that goes on; {@code incomplete} is as if it ended now. */
    public static CallRecord live(Call call, CallRules rules) {
        return of(call, State.LIVE, Incomplete.of(call, rules), call.latestEventTime());
    }

    /**
     * What can be said of a call that cannot be folded: its sessions, and that there was an error. The words for what is
     * not known are the Call Log's.
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
                null,
                CallDirection.INBOUND.wireName(),
                false,
                CallResult.UNKNOWN,
                new CallTimes(records.get(0).startTime(), endTime, null, null, 0, 0, 0),
                null,
                null,
                CallLogRefs.NONE,
                List.of(),
                records,
                new TreeSet<>(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
    }

    /** This record, which says that it is too large to be given out whole. */
    public CallRecord capped() {
        SortedSet<Incomplete> reasons = new TreeSet<>(incomplete);
        reasons.add(Incomplete.CAPPED);
        return new CallRecord(
                callId,
                accountId,
                state == State.LIVE ? State.LIVE : State.PARTIAL,
                reasons,
                sessionId,
                direction,
                internal,
                outcome,
                times,
                from,
                to,
                refs,
                legs,
                sessions,
                missingSessions,
                parties,
                links,
                transfers,
                numbers,
                transferors);
    }

    /** What is given out of a record that is {@link #capped}: without its parties and all that there is of each. */
    public CallRecord withoutParties() {
        CallRecord capped = capped();
        return new CallRecord(
                callId,
                accountId,
                capped.state,
                capped.incomplete,
                sessionId,
                direction,
                internal,
                outcome,
                times,
                from,
                to,
                refs,
                List.of(),
                sessions,
                missingSessions,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of());
    }

    private static CallRecord of(Call call, State state, SortedSet<Incomplete> incomplete, long until) {
        CallTimes times = CallTimes.of(call, until);
        List<Link> links = Link.of(call);
        List<Transfer> transfers = Transfers.of(call, links);
        CallDirection direction = CallDirection.of(call);
        CallResult ended = CallResult.of(call, direction, times.answerTime() != null);
        CallResult outcome = state == State.LIVE ? ended.inProgress() : ended;
        Legs legs = new Legs(call, direction, outcome, links, transfers, until, state == State.LIVE);
        List<Leg> ofCall = legs.legs();
        FoldedSession first = call.first();
        Party firstParty = first.parties().get(0);
        Set<PartyRef> answering =
                AnsweringParties.of(call).stream().map(Party::ref).collect(Collectors.toSet());
        return new CallRecord(
                call.callId(),
                call.accountId(),
                state,
                incomplete,
                first.sessionId(),
                direction.wireName(),
                direction.isInternal(),
                outcome,
                times,
                firstParty.from(),
                firstParty.to(),
                legs.refsOfCall(ofCall),
                ofCall,
                call.sessions().stream().map(SessionRecord::of).toList(),
                call.missingSessions(),
                call.parties().stream()
                        .map(party -> PartyRecord.of(party, answering.contains(party.ref()), until))
                        .toList(),
                links,
                transfers,
                Numbers.of(call, links),
                transferors(transfers));
    }

    private static Set<PartyRef> transferors(List<Transfer> transfers) {
        return transfers.stream()
                .filter(Transfer::isHandedOn)
                .map(Transfer::by)
                .collect(Collectors.toUnmodifiableSet());
    }
}
