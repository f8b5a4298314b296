package io.callweave.call;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who of a session is there at a time, and who comes next, without looking at every party for every question. */
final class Attendance {

    /** By first sequence. */
    private final List<Party> parties;

    /** Until when somebody up to this place is there. */
    private final long[] latestEnd;

    Attendance(List<Party> parties) {
        this.parties = parties;
        this.latestEnd = new long[parties.size()];
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < latestEnd.length; i++) {
            latest = Math.max(latest, endOf(parties.get(i)));
            latestEnd[i] = latest;
        }
    }

    /** The party with the lowest sequence that is not over at this time, no supervisor and no bridge, and fits. */
    @Nullable
    Party firstThere(long time, Predicate<Party> fits) {
        for (int i = firstIndex(place -> latestEnd[place] > time); i < latestEnd.length; i++) {
            Party party = parties.get(i);
            if (endOf(party) > time && !party.isSupervisor() && !party.isBridge() && fits.test(party)) {
                return party;
            }
        }
        return null;
    }

    /** The next party to begin after this sequence that is no supervisor and no bridge. */
    @Nullable
    Party nextAfter(long sequence) {
        for (int i = firstIndex(place -> parties.get(place).firstSequence() > sequence); i < parties.size(); i++) {
            Party party = parties.get(i);
            if (!party.isSupervisor() && !party.isBridge()) {
                return party;
            }
        }
        return null;
    }

    private interface Place {
        boolean isReached(int place);
    }

    /** The first place from which on it is so, by halving. */
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
