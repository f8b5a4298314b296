package io.callweave.words;

import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import io.callweave.call.record.CallOutcome;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import io.callweave.call.transfer.Transfer;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** How a call ended that nobody answered, a visit to a queue, or a transfer, and where its caller was then. */
final class CallEnding {

    private CallEnding() {}

    /** The result in words; of a call that rang no phone, whether its caller hung up in a menu or a queue. */
    static String unanswered(CallRecord call, CallNames names) {
        String result = call.outcome().result();
        String words = result.equals("Hang Up") ? "caller hung up" : result.toLowerCase(Locale.ROOT);
        Optional<String> ringOut = names.ringOut().flatMap(RingOut::unanswered);
        if (ringOut.isPresent()) {
            return ringOut.get();
        }
        boolean rang = call.parties().stream().anyMatch(party -> wasIn(party, Status.PROCEEDING::equals));
        PartyRecord last = call.parties().stream()
                .filter(CallNames::isCalled)
                .max(Comparator.comparingLong(PartyRecord::startTime))
                .orElse(null);
        if (CallOutcome.of(call) != CallOutcome.MISSED || call.internal() || rang || last == null) {
            return words;
        }
        String reason = last.endReason();
        if (reason != null && !reason.equals(Reason.CALLER_DROPPED) && !reason.equals(Reason.CANCELLED)) {
            return words;
        }
        return names.isMenu(last)
                ? "caller hung up in the menu"
                : last.role() == Role.QUEUE ? "caller hung up while waiting" + inQueue(call, names) : words;
    }

    /** The queue in which the caller hung up: " in Support", or nothing. */
    static String inQueue(CallRecord call, CallNames names) {
        return call.queues().stream()
                .filter(queue -> queue.outcome() == QueueVisit.Outcome.ABANDONED)
                .reduce((first, second) -> second)
                .map(queue -> " in " + names.queue(queue))
                .orElse("");
    }

    /** Whether the call left a queue because nobody answered: for the voicemail, or for the queue that it came to next. */
    static boolean gaveUp(QueueVisit queue, CallRecord call) {
        if (queue.outcome() != QueueVisit.Outcome.ANSWERED_ELSEWHERE) {
            return queue.outcome() == QueueVisit.Outcome.OVERFLOW || queue.outcome() == QueueVisit.Outcome.VOICEMAIL;
        }
        Optional<Long> next = call.queues().stream()
                .map(QueueVisit::enterTime)
                .filter(entered -> entered > queue.enterTime())
                .min(Comparator.naturalOrder());
        return next.isPresent()
                && call.parties().stream()
                        .filter(CallNames::isCalled)
                        .map(PartyRecord::answerTime)
                        .filter(Objects::nonNull)
                        .noneMatch(answer -> answer >= queue.enterTime() && answer <= next.get());
    }

    /**
     * Whether a person was rung by a transfer, and neither answered nor the voicemail took the call. Each phone of a person
     * is a party: it is enough if one answered.
     */
    static boolean isMissed(Transfer transfer, CallRecord call, CallNames names) {
        PartyRecord to = names.find(transfer.to()).orElse(null);
        if (to == null || !to.role().takesPart() || !CallNames.isCalled(to) || names.isMenu(to)) {
            return false;
        }
        String extension = to.extensionId();
        return call.parties().stream()
                .filter(party -> party.equals(to)
                        || (extension != null
                                && extension.equals(party.extensionId())
                                && party.startTime() >= to.startTime()))
                .noneMatch(party -> party.answerTime() != null || isRecorded(party) || isFax(party));
    }

    static boolean isRecorded(PartyRecord party) {
        return wasIn(party, Status::isVoicemail);
    }

    private static boolean isFax(PartyRecord party) {
        return wasIn(party, Status.FAX_RECEIVE::equals);
    }

    private static boolean wasIn(PartyRecord party, Predicate<String> status) {
        return party.segments().stream().map(Segment::status).anyMatch(status);
    }
}
