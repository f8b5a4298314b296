package io.callweave.simulation.truth;

import io.callweave.simulation.platform.Happening;
import io.callweave.simulation.platform.SimulatedLeg;
import io.callweave.simulation.platform.WireStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A call's time in a queue.
 *
 * @param answer when one of the queue's members answered, null if none did
 */
record SeenQueue(
        String id,
        @Nullable String name,
        long enter,
        @Nullable Long answer,
        long leave,
        String outcome) {

    /** In the order in which the call entered them. */
    static List<SeenQueue> of(List<SeenParty> parties, Collection<SeenParty> answering) {
        Map<String, List<SeenParty>> byQueue = new TreeMap<>();
        for (SeenParty party : parties) {
            boolean counts =
                    !party.supervises() && !party.standsIn() && party.leg().standing() != SimulatedLeg.Standing.HOSTS;
            if (counts && party.queueId() != null) {
                byQueue.computeIfAbsent(party.queueId(), id -> new ArrayList<>())
                        .add(party);
            }
        }
        String lastEntered = byQueue.values().stream()
                .flatMap(List::stream)
                .max(Comparator.comparingLong(SeenParty::startTime)
                        .thenComparingLong(SeenParty::firstSequence)
                        .thenComparing(party -> party.leg().id()))
                .map(SeenParty::queueId)
                .orElse("");
        List<SeenQueue> queues = new ArrayList<>();
        byQueue.forEach((id, members) -> queues.add(one(id, members, parties, answering, lastEntered)));
        queues.sort(Comparator.comparingLong(SeenQueue::enter).thenComparing(SeenQueue::id));
        return queues;
    }

    private static SeenQueue one(
            String id,
            List<SeenParty> members,
            List<SeenParty> parties,
            Collection<SeenParty> answering,
            String lastEntered) {
        long enter = members.stream().mapToLong(SeenParty::startTime).min().orElseThrow();
        long end = members.stream().mapToLong(SeenParty::lastTime).max().orElseThrow();
        Long answer = members.stream()
                .filter(answering::contains)
                .map(SeenParty::answerTime)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
        Long elsewhere = answering.stream()
                .map(SeenParty::answerTime)
                .filter(time -> time != null && time >= enter)
                .min(Long::compare)
                .orElse(null);
        Long voicemail = parties.stream()
                .flatMap(party -> party.phases().stream())
                .filter(phase -> phase.status().equals(WireStatus.VOICEMAIL) && phase.start() >= enter)
                .map(SeenParty.Phase::start)
                .min(Long::compare)
                .orElse(null);
        long leave = answer != null ? answer : Math.min(end, Math.min(orNever(elsewhere), orNever(voicemail)));
        String outcome = answer != null
                ? "answered"
                : elsewhere != null
                        ? "answeredElsewhere"
                        : voicemail != null ? "voicemail" : id.equals(lastEntered) ? "abandoned" : "overflow";
        return new SeenQueue(id, name(id, parties), enter, answer, leave, outcome);
    }

    private static long orNever(@Nullable Long time) {
        return time == null ? Long.MAX_VALUE : time;
    }

    /** The name in the last event that shows its address. */
    private static @Nullable String name(String id, List<SeenParty> parties) {
        record Shown(Happening event, String party) {}
        return parties.stream()
                .flatMap(party -> party.events().stream()
                        .filter(event -> id.equals(event.to().extensionId())
                                && event.to().name() != null)
                        .map(event -> new Shown(event, party.leg().id())))
                .max(Comparator.comparing((Shown shown) -> shown.event().time())
                        .thenComparingLong(shown -> shown.event().sequence())
                        .thenComparing(Shown::party))
                .map(shown -> shown.event().to().name())
                .orElse(null);
    }
}
