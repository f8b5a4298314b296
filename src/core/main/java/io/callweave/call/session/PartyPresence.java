package io.callweave.call.session;

import io.callweave.call.event.Reason;
import io.callweave.call.event.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who of a session is there at a time, and who comes next, without a scan of all parties for each question. */
public final class PartyPresence {

    /** The parties that are neither supervisor nor bridge, by first sequence. */
    private final List<Party> parties;

    /** The latest end of the parties up to each index. */
    private final long[] latestEnd;

    public PartyPresence(List<Party> all) {
        parties = new ArrayList<>(all.size());
        for (Party party : all) {
            if (!party.isSupervisor() && !party.isBridge()) {
                parties.add(party);
            }
        }
        latestEnd = new long[parties.size()];
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < latestEnd.length; i++) {
            latest = Math.max(latest, endOf(parties.get(i)));
            latestEnd[i] = latest;
        }
    }

    /**
     * The party with the lowest sequence that is not over at this time, is neither supervisor nor bridge, and fits.
     *
     * @param lastSequence only parties that begin up to this sequence count
     */
    @Nullable
    public Party firstThere(long time, long lastSequence, Predicate<Party> fits) {
        for (int i = firstIndex(place -> latestEnd[place] > time); i < latestEnd.length; i++) {
            Party party = parties.get(i);
            if (party.firstSequence() > lastSequence) {
                return null;
            }
            if (endOf(party) > time && fits.test(party)) {
                return party;
            }
        }
        return null;
    }

    /**
     * The party that has the call after this one ended: the next to begin, else the one that took over before the end.
     * RingCentral may send the new device or phone before the end of the old one. INFER.
     *
     * @return null if there is none, and for a party that is not over
     */
    @Nullable
    public Party successor(Party ended) {
        Timeline.End end = ended.end();
        if (end == null) {
            return null;
        }
        int next = firstIndex(place -> parties.get(place).firstSequence() > end.sequence());
        if (next < parties.size()) {
            return parties.get(next);
        }
        for (int i = next - 1; i >= 0; i--) {
            if (tookOverBeforeTheEnd(parties.get(i), ended, end)) {
                return parties.get(i);
            }
        }
        return null;
    }

    private static boolean tookOverBeforeTheEnd(Party party, Party ended, Timeline.End end) {
        if (party.isQueue() || !party.isThereAfter(end.sequence())) {
            return false;
        }
        if (ended.endedWith(Reason.TAKE_OVER) && party.tookOver()) {
            return true;
        }
        boolean sameSide =
                isSame(party.direction(), ended.direction()) || isSame(party.extensionId(), ended.extensionId());
        return sameSide && (beganDuring(party, ended) || hadAnswered(party, ended, end));
    }

    /** Whether it began while the other one talked. If that one never talked, while it was there, except in a pick-up. */
    private static boolean beganDuring(Party party, Party ended) {
        long answered = ended.timeline().firstSequenceOf(Status.ANSWERED);
        if (answered >= 0) {
            return party.firstSequence() > answered;
        }
        return !ended.endedWith(Reason.PICKUP) && party.firstSequence() > ended.firstSequence();
    }

    /** Whether it had been answered when the other one was picked up or moved on. */
    private static boolean hadAnswered(Party party, Party ended, Timeline.End end) {
        long answered = party.timeline().firstSequenceOf(Status.ANSWERED);
        boolean moves = ended.endedWith(Reason.PICKUP)
                || ended.endedWith(Reason.CALL_FLIP)
                || ended.endedWith(Reason.CALL_SWITCH);
        return moves && answered >= 0 && answered < end.sequence();
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        return one != null && one.equals(other);
    }

    private interface Place {
        boolean isReached(int place);
    }

    /** The first index from which on the condition holds, by binary search. */
    private int firstIndex(Place place) {
        int low = 0;
        int high = parties.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (place.isReached(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static long endOf(Party party) {
        return party.end() == null ? Long.MAX_VALUE : party.end().time();
    }
}
