package io.callweave.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * One account's view of one telephony session: the set of its party events, each place once, in order of sequence. The
 * same set results from any order of arrival and any duplication, so whatever is computed from it does not depend on
 * delivery either.
 */
public record Session(SessionKey key, List<PartyEvent> events) {

    private static final Comparator<PartyEvent> BY_PLACE = Comparator.comparing(PartyEvent::place);

    public Session {
        events = List.copyOf(events);
    }

    public static Session empty(SessionKey key) {
        return new Session(key, List.of());
    }

    /** Unites events of one session, of which some may be the same. */
    public static Session of(SessionKey key, Collection<PartyEvent> events) {
        TreeMap<PartyEvent.Place, PartyEvent> united = new TreeMap<>();
        for (PartyEvent event : events) {
            united.merge(event.place(), event, (old, other) -> other.supersedes(old) ? other : old);
        }
        return new Session(key, List.copyOf(united.values()));
    }

    /** False for an event that is known already, or that gives way to one of the same place. */
    public boolean isChangedBy(PartyEvent event) {
        int index = Collections.binarySearch(events, event, BY_PLACE);
        return index < 0 || event.supersedes(events.get(index));
    }

    /** Whether there is an event of this place. */
    public boolean contains(PartyEvent.Place place) {
        return events.stream().anyMatch(event -> event.place().equals(place));
    }

    /** This session with one more event. */
    public Session with(PartyEvent event) {
        if (!isChangedBy(event)) {
            return this;
        }
        int index = Collections.binarySearch(events, event, BY_PLACE);
        List<PartyEvent> more = new ArrayList<>(events.size() + 1);
        more.addAll(events);
        if (index >= 0) {
            more.set(index, event);
        } else {
            more.add(-index - 1, event);
        }
        return new Session(key, more);
    }

    public String id() {
        return key.telephonySessionId();
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }
}
