package io.callweave.words;

import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import io.callweave.call.joining.Link;
import io.callweave.call.record.CallOutcome;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import io.callweave.call.transfer.Transfer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A finished call as steps in the order of time. */
final class CallSteps {

    /** Phones that a queue rings together start within this time. */
    private static final long TOGETHER_MS = 1_000;

    /** Phones that start to ring together. */
    private record Ringing(@Nullable String queueExtensionId, long together) {}

    /** A gap, and what is known from the Call Log. */
    private static final Set<Incomplete> LEAVING_THE_END = EnumSet.of(Incomplete.SEQUENCE_GAP, Incomplete.BACKFILLED);

    private static final String THE_CALL = "The call";

    private final CallRecord call;
    private final CallNames names;
    private final boolean goesOn;
    private final List<Step.Ranked> steps = new ArrayList<>();

    private CallSteps(CallRecord call, CallNames names, boolean goesOn) {
        this.call = call;
        this.names = names;
        this.goesOn = goesOn;
    }

    /** @param goesOn whether the record is of what was seen so far, and its end is not one of the call */
    static List<Step> of(CallRecord call, CallNames names, String caller, String called, boolean goesOn) {
        CallSteps told = new CallSteps(call, names, goesOn);
        told.step(call.times().startTime(), 0, caller, "calls " + called);
        told.tell();
        return Step.Ranked.inOrder(told.steps);
    }

    private void tell() {
        call.queues().forEach(this::queue);
        parties()
                .filter(names::isMenu)
                .forEach(party -> step(party.startTime(), 1, "The menu " + names.menu(party), "answers"));
        rings();
        people().forEach(this::person);
        parties().filter(party -> Reason.TAKE_OVER.equals(party.endReason())).forEach(this::takenOver);
        parties().filter(party -> party.role() == Role.QUEUE).forEach(party -> recording(party, queueOf(party)));
        call.transfers().forEach(this::transfer);
        call.graph().links().stream()
                .filter(link -> link.kind() == Link.Kind.SUPERVISION)
                .forEach(link -> step(link.time(), 4, names.party(link.from()), "listens in"));
        if (!goesOn) {
            last();
        }
    }

    private void queue(QueueVisit queue) {
        step(queue.enterTime(), 1, THE_CALL, "enters the queue " + names.queue(queue));
        if (CallEnding.gaveUp(queue, call)) {
            step(queue.leaveTime(), 1, names.queue(queue), "gives up after " + Lengths.of(queue.waitMs()));
        }
    }

    private String queueOf(PartyRecord party) {
        return queue(party.queueExtensionId()).orElseGet(() -> names.party(party));
    }

    private Optional<String> queue(@Nullable String extensionId) {
        return call.queues().stream()
                .filter(queue -> queue.queueExtensionId().equals(extensionId))
                .findFirst()
                .map(names::queue);
    }

    /** The end of a call that is partial for another reason was perhaps not seen. */
    private void last() {
        long end = call.times().endTime();
        if (call.incomplete().stream().anyMatch(reason -> !LEAVING_THE_END.contains(reason))) {
            step(end, 9, "This", "is the last that was seen; the call may have gone on");
            return;
        }
        step(
                end,
                9,
                THE_CALL,
                switch (CallOutcome.of(call)) {
                    case ANSWERED -> "ends";
                    case VOICEMAIL -> "ends: voicemail";
                    case ABANDONED -> "ends: the caller hung up while waiting" + CallEnding.inQueue(call, names);
                    case FAX -> "ends: fax received";
                    case MONITORING -> "ends";
                    case MISSED, UNANSWERED -> "ends: " + CallEnding.unanswered(call, names);
                });
    }

    /** Phones of one queue that start to ring together are one step. */
    private void rings() {
        Map<Ringing, List<String>> together = new LinkedHashMap<>();
        Map<Ringing, Long> first = new LinkedHashMap<>();
        people().filter(CallNames::isCalled)
                .forEach(party -> segments(party, Status.PROCEEDING).findFirst().ifPresent(ringing -> {
                    Ringing key = new Ringing(party.queueExtensionId(), ringing.startTime() / TOGETHER_MS);
                    together.computeIfAbsent(key, each -> new ArrayList<>()).add(names.party(party));
                    first.putIfAbsent(key, ringing.startTime());
                }));
        together.forEach((key, rung) -> {
            String who = all(rung.stream().distinct().toList());
            long at = Objects.requireNonNull(first.get(key));
            queue(key.queueExtensionId())
                    .ifPresentOrElse(
                            queue -> step(at, 2, queue, "rings " + who), () -> step(at, 2, "It", "rings at " + who));
        });
    }

    private void person(PartyRecord party) {
        String name = names.party(party);
        Long answer = party.answerTime();
        if (CallNames.isCalled(party) && answer != null) {
            Long rang = party.ringMs();
            step(answer, 3, name, "answers" + (rang == null ? "" : " after " + Lengths.of(rang)));
        }
        segments(party, Status.HOLD)
                .forEach(segment ->
                        step(segment.startTime(), 4, name, "puts the call on hold" + length(party, segment)));
        segments(party, Status.PARKED)
                .forEach(segment -> step(segment.startTime(), 4, name, "is parked" + length(party, segment)));
        recording(party, name);
    }

    /** Of the last of a party that is still there, the length is not known. */
    private String length(PartyRecord party, Segment segment) {
        boolean lasts = goesOn
                && party.endTime() == null
                && segment.equals(party.segments().get(party.segments().size() - 1));
        return lasts ? "" : " for " + Lengths.of(segment.durationMs());
    }

    private void takenOver(PartyRecord party) {
        String by = parties()
                .filter(CallNames::tookOver)
                .findFirst()
                .map(names::party)
                .orElse(CallNames.NOT_SEEN);
        step(end(party), 5, by, "takes the call over from " + names.party(party));
    }

    private void recording(PartyRecord party, String name) {
        segments(party, Status.VOICEMAIL, Status.VM_SCREENING)
                .findFirst()
                .ifPresent(segment -> step(segment.startTime(), 4, "The voicemail of " + name, "takes the call"));
        segments(party, Status.FAX_RECEIVE)
                .findFirst()
                .ifPresent(segment -> step(segment.startTime(), 4, "A fax", "is received"));
    }

    private void transfer(Transfer transfer) {
        String to = names.party(transfer.to());
        steps.add(new Step.Ranked(TransferWords.step(transfer, names.party(transfer.by()), to), 5));
        if (CallEnding.isMissed(transfer, call, names)) {
            names.find(transfer.to()).ifPresent(party -> step(end(party), 6, to, "did not answer"));
        }
    }

    /** When the party ended, else the call. */
    private long end(PartyRecord party) {
        return Objects.requireNonNullElse(party.endTime(), call.times().endTime());
    }

    private Stream<PartyRecord> parties() {
        return call.parties().stream();
    }

    private Stream<PartyRecord> people() {
        return parties().filter(party -> party.role().takesPart() && !names.isMenu(party));
    }

    private static Stream<Segment> segments(PartyRecord party, String... statuses) {
        return party.segments().stream().filter(segment -> Set.of(statuses).contains(segment.status()));
    }

    private static String all(List<String> names) {
        int last = names.size() - 1;
        return last < 1
                ? String.join("", names)
                : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private void step(long at, int rank, String who, String what) {
        steps.add(new Step.Ranked(new Step(at, who, what), rank));
    }
}
