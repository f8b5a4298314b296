package io.callweave.words;

import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Status;
import io.callweave.call.joining.Link;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A finished call as a picture: a lane for each party, and arrows where the call was handed over. */
final class CallLanes {

    private static final Set<String> UNHEARD = Set.of(Status.SETUP, Status.DISCONNECTED);

    private final CallRecord call;
    private final CallNames names;
    private final List<PartyRecord> parties;
    private final List<String> sessions;

    CallLanes(CallRecord call, CallNames names) {
        this.call = call;
        this.names = names;
        sessions = call.parties().stream()
                .map(party -> party.ref().telephonySessionId())
                .distinct()
                .toList();
        // A bridge stands for a party of another session, which has a lane.
        parties = call.parties().stream()
                .filter(party -> party.role() != Role.BRIDGE)
                .toList();
    }

    List<PartyLane> lanes() {
        return parties.stream().map(this::lane).toList();
    }

    List<Arrow> arrows() {
        List<Arrow> arrows = new ArrayList<>();
        call.transfers()
                .forEach(transfer -> arrow(
                        arrows,
                        transfer.time(),
                        transfer.by(),
                        transfer.to(),
                        transfer.kind().name().toLowerCase(Locale.ROOT),
                        TransferWords.arrow(transfer.kind())));
        call.graph().links().stream()
                .filter(link -> link.kind() == Link.Kind.SUPERVISION)
                .forEach(link -> arrow(arrows, link.time(), link.from(), link.to(), "supervision", "listens in"));
        arrows.sort(Comparator.comparingLong(Arrow::at));
        return arrows;
    }

    private void arrow(List<Arrow> arrows, long at, PartyRef by, @Nullable PartyRef to, String kind, String text) {
        index(by).ifPresent(from -> index(to).ifPresent(end -> arrows.add(new Arrow(at, from, end, kind, text))));
    }

    private OptionalInt index(@Nullable PartyRef ref) {
        return IntStream.range(0, parties.size())
                .filter(i -> parties.get(i).ref().equals(ref))
                .findFirst();
    }

    private PartyLane lane(PartyRecord party) {
        String role = role(party);
        List<PartyLane.Span> spans = new ArrayList<>();
        party.segments().forEach(segment -> spans(spans, segment, role));
        return new PartyLane(
                party.ref(),
                names.party(party),
                sessions.indexOf(party.ref().telephonySessionId()),
                role,
                party.answerTime() != null,
                note(party),
                spans,
                party.segments().stream()
                        .map(segment -> new PartyLane.Event(segment.startTime(), segment.status()))
                        .toList());
    }

    private String role(PartyRecord party) {
        if (party.role() == Role.SUPERVISOR || party.role() == Role.QUEUE) {
            return party.role().name().toLowerCase(Locale.ROOT);
        }
        if (CallEnding.isRecorded(party) && party.answerTime() == null) {
            return "voicemail";
        }
        if (names.isMenu(party) || handedOnUnheard(party)) {
            return "menu";
        }
        if (party.extensionId() != null) {
            return "agent";
        }
        return Party.OUTBOUND.equals(party.direction()) ? "caller" : "other";
    }

    /**
     * Menus do not ring, are not answered, and another party follows them at once. The record names them only if they end with a
     * reason of their own, or if the directory knows them.
     */
    private boolean handedOnUnheard(PartyRecord party) {
        return party.endTime() != null
                && CallNames.isCalled(party)
                && party.extensionId() != null
                && party.segments().stream().allMatch(segment -> UNHEARD.contains(segment.status()))
                && parties.stream()
                        .anyMatch(other -> CallNames.isCalled(other)
                                && !other.ref().equals(party.ref())
                                && other.ref()
                                        .telephonySessionId()
                                        .equals(party.ref().telephonySessionId())
                                && party.endTime() == other.startTime());
    }

    private @Nullable String note(PartyRecord party) {
        boolean elsewhere = call.graph().legs().stream()
                .anyMatch(leg -> leg.party().equals(party.ref()) && leg.result().equals("Answered Elsewhere"));
        return elsewhere ? "answered elsewhere" : null;
    }

    /** The line of a caller is Answered by the menu or the queue at once: until somebody answers, the caller waits. */
    private void spans(List<PartyLane.Span> spans, Segment segment, String role) {
        String state = PartyLane.state(segment.status(), role);
        long from = segment.startTime();
        long to = segment.endTime();
        if (state == null || from == to) {
            return;
        }
        Long answer = call.times().answerTime();
        boolean waits = role.equals("caller") && state.equals("talking") && (answer == null || from < answer);
        if (!waits) {
            spans.add(new PartyLane.Span(from, to, state));
        } else if (answer == null || to <= answer) {
            spans.add(new PartyLane.Span(from, to, "waiting"));
        } else {
            spans.add(new PartyLane.Span(from, answer, "waiting"));
            spans.add(new PartyLane.Span(answer, to, state));
        }
    }
}
