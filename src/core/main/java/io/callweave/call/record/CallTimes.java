package io.callweave.call.record;

import io.callweave.call.AnsweredBy;
import io.callweave.call.AnsweringParties;
import io.callweave.call.Call;
import io.callweave.call.event.Status;
import io.callweave.call.session.Interval;
import io.callweave.call.session.Party;
import io.callweave.call.session.Segment;
import io.callweave.call.session.TimeSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The durations of a call, in milliseconds. Time in which two parties talk, ring or hold at once counts once.
 *
 * @param ringMs null if nobody rang
 * @param answerTime null if nobody answered, like {@code timeToAnswerMs}
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
     * @param until when everything that is not over ends
     */
    static CallTimes of(Call call, long until) {
        List<Party> answering = AnsweringParties.of(call);
        List<Party> conversing = new ArrayList<>(call.parties().size());
        for (Party party : call.parties()) {
            if (!party.isSupervisor()) {
                conversing.add(party);
            }
        }
        Party first = AnsweredBy.first(answering);
        Long answerTime = first == null ? null : first.answerTime();
        List<Interval> answered = timeIn(Set.of(Status.ANSWERED), answering, until);
        List<Interval> waiting = timeIn(Set.of(Status.HOLD, Status.PARKED), conversing, until);
        return new CallTimes(
                call.startTime(),
                until,
                answerTime,
                ringMs(answering, answerTime, until),
                lengthOutside(waiting, answered),
                length(timeIn(Set.of(Status.HOLD), conversing, until)),
                length(timeIn(Set.of(Status.PARKED), conversing, until)));
    }

    public long durationMs() {
        return Math.max(0, endTime - startTime);
    }

    public @Nullable Long timeToAnswerMs() {
        return answerTime == null ? null : Long.valueOf(answerTime - startTime);
    }

    private static List<Interval> timeIn(Set<String> statuses, Collection<Party> parties, long until) {
        List<Interval> intervals = new ArrayList<>();
        for (Party party : parties) {
            for (Segment segment : party.timeline().segments(until)) {
                if (statuses.contains(segment.status())) {
                    intervals.add(segment.interval());
                }
            }
        }
        return intervals;
    }

    /** Time in which several of the intervals go on counts once. */
    private static long length(Collection<Interval> intervals) {
        return TimeSet.union(intervals).length();
    }

    /** How long the intervals are without the time in which one of the others goes on. */
    private static long lengthOutside(List<Interval> others, List<Interval> intervals) {
        List<Interval> all = new ArrayList<>(others);
        all.addAll(intervals);
        return length(all) - length(others);
    }

    private static @Nullable Long ringMs(List<Party> answering, @Nullable Long answerTime, long until) {
        List<Interval> ringing = new ArrayList<>(answering.size());
        for (Party party : answering) {
            Interval interval = party.timeline().ringing(until);
            if (interval != null) {
                ringing.add(
                        answerTime == null
                                ? interval
                                : new Interval(interval.start(), Math.min(interval.end(), answerTime)));
            }
        }
        return ringing.isEmpty() ? null : Long.valueOf(length(ringing));
    }
}
