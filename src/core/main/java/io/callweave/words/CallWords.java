package io.callweave.words;

import io.callweave.call.AnsweredBy;
import io.callweave.call.event.Address;
import io.callweave.call.record.CallOutcome;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.Incomplete;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.directory.DirectoryLookup;
import io.callweave.value.Printable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A finished call in words: who called whom, what happened, step by step, and in lanes. All texts are {@link Printable}. */
public final class CallWords {

    private final CallRecord call;
    private final CallNames names;
    private final Optional<RingOut> ringOut;

    private CallWords(CallRecord call, DirectoryLookup directory) {
        this.call = call;
        names = new CallNames(call, directory);
        ringOut = names.ringOut();
    }

    /**
     * Tells a record.
     *
     * @param directory names of extensions; those that RingCentral sent stand in for what is not there
     */
    public static CallWords of(CallRecord call, DirectoryLookup directory) {
        return new CallWords(call, directory);
    }

    /** As inbound, outbound or internal. */
    public String direction() {
        return call.internal() ? "internal" : call.goesOut() ? "outbound" : "inbound";
    }

    public CallOutcome outcome() {
        return CallOutcome.of(call);
    }

    /** Who called; in a RingOut, who asked for it. */
    public String caller() {
        return ringOut.map(RingOut::initiator).orElseGet(names::caller);
    }

    /** Who was called. */
    public String called() {
        return ringOut.map(RingOut::target).orElseGet(names::called);
    }

    /** Where the call went: the queues that it passed before somebody answered, else the first one after that, else who was called. */
    public String to() {
        Long answered = call.times().answerTime();
        return call.queues().stream()
                .filter(queue -> answered == null || queue.enterTime() <= answered)
                .map(names::queue)
                .distinct()
                .reduce((first, next) -> first + ", then " + next)
                .or(() -> call.queues().stream().findFirst().map(names::queue))
                .orElseGet(this::called);
    }

    /** The names of its queues, as the directory or RingCentral has them, in the order of the record; "" of one without a name. */
    public List<String> queueNames() {
        return call.queues().stream().map(names::wholeQueue).toList();
    }

    /** A queue of the call without the word: Sales. */
    public String queue(QueueVisit queue) {
        return names.queue(queue);
    }

    /** Who answered; null if nobody did. */
    public @Nullable String answeredBy() {
        AnsweredBy by = call.answeredBy();
        if (by == null) {
            return null;
        }
        boolean nameless = by.name() == null && by.phoneNumber() == null;
        return names.find(by.party())
                .map(names::party)
                .orElseGet(() -> names.address(new Address(
                        nameless && by.extensionId() != null ? "Extension " + by.extensionId() : by.phoneNumber(),
                        by.name(),
                        by.extensionId(),
                        null)));
    }

    /** Who of the account had the call, in order; empty if nobody answered. */
    public List<String> way() {
        if (call.times().answerTime() == null) {
            return List.of();
        }
        return call.parties().stream()
                .filter(party -> party.role().takesPart() && party.extensionId() != null)
                .filter(party -> party.talkMs() > 0 && !names.isMenu(party))
                .sorted(Comparator.comparing(PartyRecord::answerTime, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(names::party)
                .distinct()
                .toList();
    }

    /** What happened, such as "answered by Dana, transferred to Bo". Who answered is named unless it is the one who was called. */
    public String happened() {
        List<String> parts = new ArrayList<>();
        ringOut.ifPresent(call -> parts.add("RingOut"));
        parts.add(
                switch (outcome()) {
                    case FAX -> "fax received";
                    case MONITORING -> "listened in";
                    case VOICEMAIL -> "left on voicemail";
                    case ABANDONED ->
                        "hung up while waiting" + (call.queues().size() > 1 ? CallEnding.inQueue(call, names) : "");
                    case MISSED, UNANSWERED -> "not answered: " + CallEnding.unanswered(call, names);
                    case ANSWERED ->
                        answering().map(name -> "answered by " + name).orElse("answered");
                });
        call.transfers().forEach(transfer -> {
            String told = TransferWords.happened(transfer.kind(), names.party(transfer.to()))
                    + (CallEnding.isMissed(transfer, call, names) ? ", who did not answer" : "");
            if (!told.equals(parts.get(parts.size() - 1))) {
                parts.add(told);
            }
        });
        if (call.state() == CallRecord.State.SUPERSEDED) {
            parts.add("now part of another call");
        } else if (call.isBackfilled()) {
            parts.add("by the Call Log");
        }
        return String.join(", ", parts);
    }

    /** The whole call as a sentence, without a full stop: who called whom, and what happened. */
    public String sentence() {
        return caller() + " \u2192 " + to() + ", " + result();
    }

    /** What happened, and what is missing. */
    public String result() {
        return happened() + missing().map(why -> ", partial: " + why).orElse("");
    }

    /** What the record does not know; empty if it is complete. */
    public Optional<String> missing() {
        return call.state() == CallRecord.State.PARTIAL
                ? Optional.of(call.incomplete().stream().map(CallWords::reason).collect(Collectors.joining(", ")))
                : Optional.empty();
    }

    /** Step by step, in the order of time. */
    public List<Step> steps() {
        return CallSteps.of(call, names, caller(), called(), false);
    }

    /** The same of a call that goes on, whose record has what was seen so far: without an end. */
    public List<Step> stepsSoFar() {
        return CallSteps.of(call, names, caller(), called(), true);
    }

    /** The steps as sentences with times from the start of the call, such as "0:08 Dana answers after 7 s". */
    public List<String> journey() {
        return Step.journey(steps(), call.times().startTime());
    }

    /** A lane for each party, in the order of the record: by session, then by first sequence. */
    public List<PartyLane> lanes() {
        return new CallLanes(call, names).lanes();
    }

    /** Transfers, conferences and supervision between the lanes, by time. */
    public List<Arrow> arrows() {
        return new CallLanes(call, names).arrows();
    }

    private Optional<String> answering() {
        return Optional.ofNullable(call.answeredBy())
                .flatMap(by -> names.find(by.party()))
                .filter(CallNames::isCalled)
                .map(names::party)
                .filter(name -> !name.equals(to()) && !name.equals(called()));
    }

    /** Why a call is partial, in the few words that stand behind its sentence, as "event lost". */
    public static String reason(Incomplete reason) {
        return switch (reason) {
            case BACKFILLED -> "from the Call Log";
            case CAPPED -> "too long";
            case INTERNAL_ERROR -> "internal error";
            case MISSING_SESSION -> "other part not seen";
            case NO_FINAL_STATUS -> "end not seen";
            case SEQUENCE_GAP -> "event lost";
            case UNSEEN_CONTINUATION -> "next party not seen";
        };
    }
}
