package io.callweave.call;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a call, in milliseconds. Time in which two parties talk, ring or hold at once counts once.
 *
 * @param ringMs null if nobody rang
 * @param answerTime null if nobody answered, as {@code timeToAnswerMs}
 */
public record CallTimes(
        long startTime,
        long endTime,
        @Nullable Long answerTime,
        @Nullable Long ringMs,
        long talkMs,
        long holdMs,
        long parkMs) {

    /**
     * Measures a call.
     *
     * @param until until when what is not over lasts
     */
    static CallTimes of(Call call, long until) {
        List<Party> answering = AnsweringParties.of(call);
        List<Party> conversing =
                call.parties().stream().filter(party -> !party.isSupervisor()).toList();
        Long answerTime = answering.stream()
                .map(Party::answerTime)
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
        TimeSet answered = timeIn(Set.of(Status.ANSWERED), answering, until);
        TimeSet waiting = timeIn(Set.of(Status.HOLD, Status.PARKED), conversing, until);
        return new CallTimes(
                call.startTime(),
                until,
                answerTime,
                ringMs(answering, answerTime, until),
                answered.minus(waiting).length(),
                timeIn(Set.of(Status.HOLD), conversing, until).length(),
                timeIn(Set.of(Status.PARKED), conversing, until).length());
    }

    public long durationMs() {
        return Math.max(0, endTime - startTime);
    }

    public @Nullable Long timeToAnswerMs() {
        return answerTime == null ? null : Long.valueOf(answerTime - startTime);
    }

    private static TimeSet timeIn(Set<String> statuses, Collection<Party> parties, long until) {
        return TimeSet.union(parties.stream()
                .flatMap(party -> party.timeline().segments(until).stream())
                .filter(segment -> statuses.contains(segment.status()))
                .map(Segment::interval)
                .toList());
    }

    private static @Nullable Long ringMs(List<Party> answering, @Nullable Long answerTime, long until) {
        List<Interval> ringing = answering.stream()
                .flatMap(party -> Stream.ofNullable(party.timeline().ringing(until)))
                .toList();
        if (ringing.isEmpty()) {
            return null;
        }
        TimeSet rung = TimeSet.union(ringing);
        return (answerTime == null ? rung : rung.before(answerTime)).length();
    }
}
