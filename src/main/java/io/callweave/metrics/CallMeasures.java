package io.callweave.metrics;

import io.callweave.call.Address;
import io.callweave.call.CallRecord;
import io.callweave.call.PartyRecord;
import io.callweave.call.Role;
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

/** What one call counts as, for itself and for each extension and department that took part. */
final class CallMeasures {

    private static final String FAX = "Fax";
    private static final String OUTBOUND = "Outbound";
    private static final String VOICEMAIL = "Voicemail";
    private static final String ABANDONED = "Abandoned";

    private final CallRecord call;
    private final long serviceLevelMs;
    private final Count outcome;

    CallMeasures(CallRecord call, long serviceLevelMs) {
        this.call = call;
        this.serviceLevelMs = serviceLevelMs;
        this.outcome = outcome(call);
    }

    Measures ofCall() {
        return measures(
                outcome,
                call.times().ringMs(),
                call.times().talkMs(),
                call.times().holdMs());
    }

    /** By own extension. */
    Map<String, Measures> byExtension() {
        return by(extension -> extension);
    }

    /** By the department of own extensions: one call for each, however many of its people took part. */
    Map<String, Measures> byDepartment(Departments departments) {
        return by(departments);
    }

    /** Supervisors and stand-ins do not take part. */
    private Map<String, Measures> by(Departments groups) {
        Map<String, List<PartyRecord>> parties = new TreeMap<>();
        for (PartyRecord party : call.parties()) {
            String extension = party.extensionId();
            if (extension != null && party.role() != Role.SUPERVISOR && party.role() != Role.BRIDGE) {
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

    Set<String> queues() {
        Set<String> queues = new TreeSet<>();
        call.parties().stream()
                .map(PartyRecord::queueExtensionId)
                .filter(Objects::nonNull)
                .forEach(queues::add);
        return queues;
    }

    /** Of participants that are not of the account; what is not written as E.164 may be anything. */
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

    static Measures asPartial(Measures measures) {
        Set<Count> counts = EnumSet.copyOf(measures.counts());
        counts.add(Count.PARTIAL);
        return new Measures(counts, measures.values());
    }

    /** The first that fits. */
    private static Count outcome(CallRecord call) {
        if (call.outcome().type().equals(FAX)) {
            return Count.FAX;
        }
        if (call.times().answerTime() != null) {
            return Count.ANSWERED;
        }
        if (call.outcome().result().equals(VOICEMAIL)) {
            return Count.VOICEMAIL;
        }
        if (goesOut(call)) {
            return Count.UNANSWERED;
        }
        return isAbandoned(call) ? Count.ABANDONED : Count.MISSED;
    }

    /** The result of an internal call reads as that of an outgoing one, and a record that was too large has no parties. */
    private static boolean isAbandoned(CallRecord call) {
        return call.outcome().result().equals(ABANDONED)
                || call.parties().stream().anyMatch(PartyRecord::queueCall);
    }

    private static boolean goesOut(CallRecord call) {
        return call.direction().equals(OUTBOUND) && !call.internal();
    }

    private Measures ofParties(Collection<PartyRecord> own) {
        Long ring = own.stream()
                .map(PartyRecord::ringMs)
                .filter(Objects::nonNull)
                .reduce(Long::sum)
                .orElse(null);
        return measures(
                outcomeFor(own),
                ring,
                own.stream().mapToLong(PartyRecord::talkMs).sum(),
                own.stream().mapToLong(PartyRecord::holdMs).sum());
    }

    private Count outcomeFor(Collection<PartyRecord> own) {
        if (outcome != Count.ANSWERED) {
            return outcome;
        }
        return own.stream().anyMatch(CallMeasures::tookTheCall) ? Count.ANSWERED : Count.ANSWERED_ELSEWHERE;
    }

    /** It answered, or it is the caller, and was connected. */
    private static boolean tookTheCall(PartyRecord party) {
        return party.answerTime() != null && (party.answering() || OUTBOUND.equals(party.direction()));
    }

    private Measures measures(Count outcomeHere, @Nullable Long ring, long talk, long hold) {
        Map<Figure, Long> values = new EnumMap<>(Figure.class);
        values.put(Figure.TALK, talk);
        values.put(Figure.HOLD, hold);
        values.put(Figure.DURATION, call.times().durationMs());
        Long timeToAnswer = call.times().timeToAnswerMs();
        if (ring != null) {
            values.put(Figure.RING, ring);
        }
        if (timeToAnswer != null) {
            values.put(Figure.TIME_TO_ANSWER, timeToAnswer);
        }
        return new Measures(counts(outcomeHere, timeToAnswer), values);
    }

    private Set<Count> counts(Count outcomeHere, @Nullable Long timeToAnswer) {
        Set<Count> counts = EnumSet.of(Count.CALLS, outcomeHere, direction());
        if (!call.transferors().isEmpty()) {
            counts.add(Count.TRANSFERRED);
        }
        if (call.state() == CallRecord.State.PARTIAL) {
            counts.add(Count.PARTIAL);
        }
        if (outcomeHere == Count.ANSWERED && !goesOut(call)) {
            counts.add(Count.SERVED);
            if (timeToAnswer != null && timeToAnswer <= serviceLevelMs) {
                counts.add(Count.SERVED_IN_TIME);
            }
        }
        return counts;
    }

    private Count direction() {
        if (call.internal()) {
            return Count.INTERNAL;
        }
        return goesOut(call) ? Count.OUTBOUND : Count.INBOUND;
    }
}
