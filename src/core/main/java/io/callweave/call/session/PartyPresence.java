package io.callweave.call.session;

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

    /** The next party to begin after this sequence that is neither supervisor nor bridge. */
    @Nullable
    public Party nextAfter(long sequence) {
        int next = firstIndex(place -> parties.get(place).firstSequence() > sequence);
        return next < parties.size() ? parties.get(next) : null;
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
