package io.callweave.metrics;

import io.callweave.call.event.Address;
import io.callweave.call.record.CallOutcome;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What one call adds to the windows: of the whole call, and of each extension, department and queue in it. */
final class CallMeasures {

    private final CallRecord call;
    private final ServiceLevels levels;
    private final Count outcome;

    CallMeasures(CallRecord call, ServiceLevels levels) {
        this.call = call;
        this.levels = levels;
        this.outcome = outcome(call);
    }

    /** The service level of an account is that of the visits to its queues, each by the settings of its queue. */
    Measures ofAccount() {
        int counted = 0;
        int within = 0;
        for (QueueVisit visit : call.queues()) {
            ServiceLevel level = levels.ofQueue(call.accountId(), visit.queueExtensionId());
            Count visited = outcome(visit);
            if (level.counts(visited, call.goesOut(), visit.waitMs())) {
                counted++;
                within += level.isInTime(visited, visit.waitMs()) ? 1 : 0;
            }
        }
        return ofNumber().withLevel(counted, within);
    }

    /** Of the whole call. */
    Measures ofNumber() {
        return measures(
                levels.usual(),
                outcome,
                call.times().ringMs(),
                call.times().talkMs(),
                call.times().holdMs(),
                call.times().timeToAnswerMs(),
                call.times().durationMs());
    }

    /** For each own extension. */
    Map<String, Measures> byExtension() {
        return by(extension -> extension);
    }

    /**
     * For each department of the own extensions. A call counts once, even if several people of the department took
     * part.
     */
    Map<String, Measures> byDepartment(Departments departments) {
        return by(departments);
    }

    /** Supervisors, stand-ins and queues do not take part. */
    private Map<String, Measures> by(Departments groups) {
        Map<String, List<PartyRecord>> parties = new TreeMap<>();
        for (PartyRecord party : call.parties()) {
            String extension = party.extensionId();
            if (extension != null && party.role().takesPart()) {
                String group = groups.of(extension);
                if (group != null) {
                    parties.computeIfAbsent(group, added -> new ArrayList<>()).add(party);
                }
            }
        }
        Map<String, Measures> measures = new TreeMap<>();
        parties.forEach((group, own) -> measures.put(group, ofParties(own)));
        return measures;
    }

    /** For each queue: the outcome of the call in that queue, and how long it waited there. */
    Map<String, Measures> byQueue() {
        Map<String, Measures> measures = new TreeMap<>();
        for (QueueVisit queue : call.queues()) {
            boolean answered = queue.outcome() == QueueVisit.Outcome.ANSWERED;
            measures.put(
                    queue.queueExtensionId(),
                    measures(
                            levels.ofQueue(call.accountId(), queue.queueExtensionId()),
                            outcome(queue),
                            call.times().ringMs(),
                            call.times().talkMs(),
                            call.times().holdMs(),
                            answered ? Long.valueOf(queue.waitMs()) : null,
                            queue.waitMs()));
        }
        return measures;
    }

    private Count outcome(QueueVisit visit) {
        if (outcome == Count.FAX) {
            return Count.FAX;
        }
        return switch (visit.outcome()) {
            case ANSWERED -> Count.ANSWERED;
            case ANSWERED_ELSEWHERE -> Count.ANSWERED_ELSEWHERE;
            case VOICEMAIL -> Count.VOICEMAIL;
            case OVERFLOW -> Count.OVERFLOW;
            case ABANDONED -> Count.ABANDONED;
        };
    }

    /** The phone numbers of participants outside the account. What is not E.164 may be anything, so it is left out. */
    Set<String> outsideNumbers() {
        Set<String> numbers = new TreeSet<>();
        for (PartyRecord party : call.parties()) {
            Address own = party.ownAddress();
            if (party.role() == Role.PARTICIPANT
                    && party.extensionId() == null
                    && own != null
                    && own.phoneNumber() != null
                    && own.phoneNumber().startsWith("+")) {
                numbers.add(own.phoneNumber());
            }
        }
        return numbers;
    }

    /** Calls that only listened are not measured. */
    private static Count outcome(CallRecord call) {
        return switch (CallOutcome.of(call)) {
            case FAX -> Count.FAX;
            case ANSWERED, MONITORING -> Count.ANSWERED;
            case VOICEMAIL -> Count.VOICEMAIL;
            case UNANSWERED -> Count.UNANSWERED;
            case ABANDONED -> Count.ABANDONED;
            case MISSED -> Count.MISSED;
        };
    }

    private Measures ofParties(Collection<PartyRecord> own) {
        Long ring = own.stream()
                .map(PartyRecord::ringMs)
                .filter(Objects::nonNull)
                .reduce(Long::sum)
                .orElse(null);
        return measures(
                levels.usual(),
                outcomeFor(own),
                ring,
                own.stream().mapToLong(PartyRecord::talkMs).sum(),
                own.stream().mapToLong(PartyRecord::holdMs).sum(),
                timeToAnswer(own),
                call.times().durationMs());
    }

    private Count outcomeFor(Collection<PartyRecord> own) {
        if (outcome != Count.ANSWERED) {
            return outcome;
        }
        return own.stream().anyMatch(CallMeasures::tookTheCall) ? Count.ANSWERED : Count.ANSWERED_ELSEWHERE;
    }

    /** It answered, or it called or requested the RingOut and was connected. */
    private static boolean tookTheCall(PartyRecord party) {
        boolean called = party.ringOutInitiator() || Party.OUTBOUND.equals(party.direction());
        return party.answerTime() != null && (party.answering() || called);
    }

    /** How long the phone that answered first had rung. */
    private static @Nullable Long timeToAnswer(Collection<PartyRecord> own) {
        Long answer = null;
        Long wait = null;
        for (PartyRecord party : own) {
            Long time = party.answering() ? party.answerTime() : null;
            if (time != null && (answer == null || time < answer)) {
                answer = time;
                wait = time - party.startTime();
            }
        }
        return wait;
    }

    /** @param waited how long the call waited here if it was abandoned */
    private Measures measures(
            ServiceLevel level,
            Count outcomeHere,
            @Nullable Long ring,
            long talk,
            long hold,
            @Nullable Long timeToAnswer,
            long waited) {
        Map<Figure, Long> values = new EnumMap<>(Figure.class);
        boolean measured = !call.isBackfilled();
        if (measured) {
            values.put(Figure.TALK, talk);
            values.put(Figure.HOLD, hold);
        }
        values.put(Figure.DURATION, call.times().durationMs());
        if (ring != null) {
            values.put(Figure.RING, ring);
        }
        if (timeToAnswer != null) {
            values.put(Figure.TIME_TO_ANSWER, timeToAnswer);
        }
        if (measured && outcomeHere == Count.ANSWERED) {
            values.put(Figure.HANDLE, talk + hold);
        }
        return new Measures(counts(level, outcomeHere, timeToAnswer, waited), values);
    }

    private Set<Count> counts(ServiceLevel level, Count outcomeHere, @Nullable Long timeToAnswer, long waited) {
        Set<Count> counts = EnumSet.of(Count.CALLS, outcomeHere, direction());
        if (call.graph().isHandedOn()) {
            counts.add(Count.TRANSFERRED);
        }
        if (call.state() == CallRecord.State.PARTIAL || call.isBackfilled()) {
            counts.add(Count.PARTIAL);
        }
        if (level.counts(outcomeHere, call.goesOut(), waited)) {
            counts.add(Count.COUNTED);
            if (level.isInTime(outcomeHere, timeToAnswer)) {
                counts.add(Count.ANSWERED_WITHIN);
            }
        }
        return counts;
    }

    private Count direction() {
        if (call.internal()) {
            return Count.INTERNAL;
        }
        return call.goesOut() ? Count.OUTBOUND : Count.INBOUND;
    }
}
