package io.callweave.explain;

import io.callweave.call.completion.CompletionBlocker;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.call.session.Segment;
import io.callweave.explain.replay.StageReplay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Says in words what a record does not know: sequences, sessions, ends. */
final class Gaps {

    /** These can be so in a complete record, too: a setting can ignore gaps. */
    private static final List<Incomplete> ALWAYS_SAID =
            List.of(Incomplete.SEQUENCE_GAP, Incomplete.MISSING_SESSION, Incomplete.NO_FINAL_STATUS);

    private final CallHistory history;
    private final Labels labels;

    Gaps(CallHistory history, Labels labels) {
        this.history = history;
        this.labels = labels;
    }

    /** A sentence for each thing that a record does not know, whether or not that makes it partial. */
    List<String> missing(Emitted record, CallRecord call) {
        Set<Incomplete> reasons = new LinkedHashSet<>(ALWAYS_SAID);
        reasons.addAll(call.incomplete());
        return reasons.stream()
                .flatMap(reason -> facts(reason, record, call).stream())
                .toList();
    }

    /** Why a record is partial: each of its reasons, with the facts behind it. */
    List<String> whyPartial(Emitted record, CallRecord call) {
        return call.incomplete().stream()
                .map(reason -> reason.wireName() + ": " + String.join("; ", facts(reason, record, call)))
                .toList();
    }

    private List<String> facts(Incomplete reason, Emitted record, CallRecord call) {
        List<String> facts = known(reason, record, call);
        boolean told = !facts.isEmpty() || !call.incomplete().contains(reason);
        return told ? facts : List.of(reason.wireName() + ", without more in the record");
    }

    private List<String> known(Incomplete reason, Emitted record, CallRecord call) {
        return switch (reason) {
            case SEQUENCE_GAP -> sequences(call);
            case MISSING_SESSION -> sessions(call);
            case NO_FINAL_STATUS -> ends(call);
            case UNSEEN_CONTINUATION -> continuations(record, call);
            case BACKFILLED -> List.of("no notification of the call was received; RingCentral's Call Log tells of it");
            case CAPPED ->
                List.of("the call has more events, sessions or bytes than are kept (limits.*), and what arrived"
                        + " beyond that was left out");
            case INTERNAL_ERROR ->
                List.of("the call could not be assembled. That is a fault of Callweave: please report it");
        };
    }

    /** A party that names a peer is left out: its session was seen, or is missing itself. */
    private List<String> continuations(Emitted record, CallRecord call) {
        StageReplay.Situation situation = record.emission().situation();
        List<String> facts = new ArrayList<>();
        if (situation != null) {
            Set<PartyRef> withPeer = new HashSet<>();
            for (PartyRecord party : call.parties()) {
                if (party.peer() != null) {
                    withPeer.add(party.ref());
                }
            }
            for (CompletionBlocker doubt : situation.doubts()) {
                if (doubt instanceof CompletionBlocker.ContinuationUnseen unseen
                        && !withPeer.contains(unseen.party())) {
                    facts.add(labels.party(
                                    unseen.party().telephonySessionId(),
                                    unseen.party().partyId())
                            + " ended with " + labels.text("reason", unseen.reason())
                            + ", and who has the call afterwards was not seen");
                }
            }
        }
        return facts;
    }

    private List<String> sequences(CallRecord call) {
        List<String> facts = new ArrayList<>();
        for (SessionRecord session : call.sessions()) {
            if (!session.missing().isEmpty()) {
                String sequences = Words.sequences(session.missing());
                facts.add(sequences + " of session " + labels.session(session.telephonySessionId())
                        + (sequences.startsWith("sequences") ? " are missing" : " is missing"));
            }
        }
        return facts;
    }

    private List<String> sessions(CallRecord call) {
        return call.missingSessions().stream()
                .map(id -> "session " + labels.session(id) + " was named as a peer" + namedBy(id) + " and was not seen")
                .toList();
    }

    private String namedBy(String sessionId) {
        for (Arrival arrival : history.arrivals()) {
            PartyEvent event = arrival.event();
            Peer peer = event.facts().peer();
            if (peer != null && peer.telephonySessionId().equals(sessionId)) {
                return " by " + labels.event(arrival);
            }
        }
        return "";
    }

    private List<String> ends(CallRecord call) {
        List<String> facts = new ArrayList<>();
        for (PartyRecord party : call.parties()) {
            if (party.endStatus() == null) {
                List<Segment> segments = party.segments();
                facts.add("a final status of "
                        + labels.party(
                                party.ref().telephonySessionId(), party.ref().partyId())
                        + " is missing, its last status is "
                        + labels.text(
                                "status", segments.get(segments.size() - 1).status()));
            }
        }
        return facts;
    }
}
