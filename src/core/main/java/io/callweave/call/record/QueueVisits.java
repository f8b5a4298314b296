package io.callweave.call.record;

import io.callweave.call.Call;
import io.callweave.call.calllog.CallResult;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Status;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import io.callweave.call.session.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the queues of a call, and how long the call waited in each. Two visits to the same queue count as one. */
final class QueueVisits {

    private static final Comparator<Party> LAST_TO_BEGIN = Comparator.comparingLong(Party::startTime)
            .thenComparingLong(Party::firstSequence)
            .thenComparing(Party::ref);

    private static final Comparator<QueueVisit> ORDER =
            Comparator.comparingLong(QueueVisit::enterTime).thenComparing(QueueVisit::queueExtensionId);

    private final TreeSet<Long> answers = new TreeSet<>();
    private final TreeSet<Long> voicemails = new TreeSet<>();
    private final @Nullable String lastQueue;

    private QueueVisits(Call call, List<Party> answering, @Nullable String lastQueue) {
        for (Party party : answering) {
            if (party.answerTime() != null) {
                answers.add(party.answerTime());
            }
        }
        for (Party party : call.parties()) {
            for (Timeline.Step step : party.timeline().steps()) {
                if (step.status().equals(Status.VOICEMAIL)) {
                    voicemails.add(step.time());
                }
            }
        }
        this.lastQueue = lastQueue;
    }

    /**
     * One visit for each queue of the call, by the time of entering, then id.
     *
     * @param answering the answering parties of the call
     */
    static List<QueueVisit> of(Call call, List<Party> answering) {
        Map<String, List<Party>> byQueue = new HashMap<>();
        Party last = null;
        for (Party party : call.parties()) {
            boolean waits = party.role() == Role.PARTICIPANT || party.role() == Role.QUEUE;
            if (waits && party.queueExtensionId() != null) {
                byQueue.computeIfAbsent(party.queueExtensionId(), any -> new ArrayList<>())
                        .add(party);
                last = last == null || LAST_TO_BEGIN.compare(party, last) > 0 ? party : last;
            }
        }
        if (last == null) {
            return List.of();
        }
        Set<PartyRef> answeringRefs = new HashSet<>();
        answering.forEach(party -> answeringRefs.add(party.ref()));
        Map<String, String> names = names(call, byQueue.keySet());
        QueueVisits visits = new QueueVisits(call, answering, last.queueExtensionId());
        List<QueueVisit> found = new ArrayList<>(byQueue.size());
        byQueue.forEach((queue, parties) -> found.add(visits.visit(queue, names.get(queue), parties, answeringRefs)));
        found.sort(ORDER);
        return found;
    }

    private QueueVisit visit(String queue, @Nullable String name, List<Party> parties, Set<PartyRef> answering) {
        long enter = Long.MAX_VALUE;
        long lastEnd = Long.MIN_VALUE;
        Long answer = null;
        for (Party party : parties) {
            enter = Math.min(enter, party.startTime());
            lastEnd = Math.max(lastEnd, party.lastKnownTime());
            if (party.answerTime() != null && answering.contains(party.ref())) {
                answer = answer == null ? party.answerTime() : Math.min(answer, party.answerTime());
            }
        }
        Long elsewhere = answers.ceiling(enter);
        Long voicemail = voicemails.ceiling(enter);
        long leave = answer != null ? answer : earliest(lastEnd, elsewhere, voicemail);
        return new QueueVisit(queue, name, enter, answer, leave, outcome(queue, answer, elsewhere, voicemail));
    }

    private QueueVisit.Outcome outcome(
            String queue, @Nullable Long answer, @Nullable Long elsewhere, @Nullable Long voicemail) {
        if (answer != null) {
            return QueueVisit.Outcome.ANSWERED;
        }
        if (elsewhere != null) {
            return QueueVisit.Outcome.ANSWERED_ELSEWHERE;
        }
        if (voicemail != null) {
            return QueueVisit.Outcome.VOICEMAIL;
        }
        return queue.equals(lastQueue) ? QueueVisit.Outcome.ABANDONED : QueueVisit.Outcome.OVERFLOW;
    }

    private static long earliest(long time, @Nullable Long other, @Nullable Long another) {
        long first = other == null ? time : Math.min(time, other);
        return another == null ? first : Math.min(first, another);
    }

    /** The last name that was sent for each of these queues; what phones show counts only for those without another name. */
    private static Map<String, String> names(Call call, Set<String> queues) {
        Map<String, String> names = names(
                call,
                queues,
                facts -> facts.queueLabel() == null ? null : facts.queueLabel().queueName());
        names.putAll(names(
                call, queues, facts -> facts.to() == null ? null : facts.to().name()));
        return names;
    }

    private static Map<String, String> names(
            Call call, Set<String> queues, Function<PartyFacts, @Nullable String> name) {
        Map<String, PartyEvent> named = new HashMap<>();
        call.events().forEach(event -> {
            Address to = event.facts().to();
            if (to != null
                    && to.extensionId() != null
                    && queues.contains(to.extensionId())
                    && name.apply(event.facts()) != null) {
                named.merge(
                        to.extensionId(),
                        event,
                        (one, other) -> CallResult.IN_TIME.compare(one, other) > 0 ? one : other);
            }
        });
        Map<String, String> names = new HashMap<>();
        named.forEach((queue, event) -> names.put(queue, String.valueOf(name.apply(event.facts()))));
        return names;
    }
}
