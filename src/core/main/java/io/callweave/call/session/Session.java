package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.SessionFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One account's view of one telephony session: the set of its party events, one for each place, in order of sequence;
 * and its later facts. Any order of arrival and any duplicates result in the same sets, so nothing that is computed from
 * them depends on delivery.
 */
public final class Session {

    private final SessionKey key;
    private final List<PartyEvent> events;
    private final SessionFacts facts;

    /** Computed on the first request. An event changes one party, so the others need not be folded again. */
    private @Nullable FoldedSession folded;

    /** Dropped after its use, so that a session does not keep all its earlier versions. */
    private @Nullable Session before;

    private final @Nullable String changedParty;

    /** A session of events that are sorted, with one event for each place. */
    public Session(SessionKey key, List<PartyEvent> events) {
        this(key, List.copyOf(events), SessionFacts.NONE, null, null);
    }

    private Session(
            SessionKey key,
            List<PartyEvent> events,
            SessionFacts facts,
            @Nullable Session before,
            @Nullable String changedParty) {
        this.key = key;
        this.events = events;
        this.facts = facts;
        // Of a chain of sessions that were never folded, only the last folded one is useful.
        this.before = before != null && before.folded != null ? before : null;
        this.changedParty = this.before == null ? null : changedParty;
    }

    public static Session empty(SessionKey key) {
        return new Session(key, List.of());
    }

    /** Merges events of one session, which may contain duplicates. */
    public static Session of(SessionKey key, Collection<PartyEvent> events) {
        TreeMap<PartyEvent.Place, PartyEvent> united = new TreeMap<>();
        for (PartyEvent event : events) {
            united.merge(event.place(), event, (old, other) -> other.supersedes(old) ? other : old);
        }
        return new Session(key, List.copyOf(united.values()));
    }

    /** False for a duplicate, and for an event that does not replace the known one of the same place. */
    public boolean isChangedBy(PartyEvent event) {
        PartyEvent known = at(event.place());
        return known == null || event.supersedes(known);
    }

    /** Whether there is an event of the same place. */
    public boolean hasPlaceOf(PartyEvent event) {
        return indexOf(event.place()) >= 0;
    }

    /** The event of this place, null if there is none. */
    public @Nullable PartyEvent at(PartyEvent.Place place) {
        int index = indexOf(place);
        return index < 0 ? null : events.get(index);
    }

    /**
     * Where the event of this place is among the {@link #events}; if there is none, a negative number that says where it
     * would be, like {@link Collections#binarySearch}.
     */
    public int indexOf(PartyEvent.Place place) {
        int low = 0;
        int high = events.size();
        // Most events come in order, and then no search is needed.
        if (high == 0 || events.get(high - 1).sequence() < place.sequence()) {
            return -high - 1;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events.get(middle).place().compareTo(place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < events.size() && events.get(low).place().equals(place) ? low : -low - 1;
    }

    /** This session with one more event. */
    public Session with(PartyEvent event) {
        if (!isChangedBy(event)) {
            return this;
        }
        int index = indexOf(event.place());
        List<PartyEvent> more = new ArrayList<>(events.size() + 1);
        more.addAll(events);
        if (index >= 0) {
            more.set(index, event);
        } else {
            more.add(-index - 1, event);
        }
        return new Session(key, Collections.unmodifiableList(more), facts, this, event.partyId());
    }

    /** This session with these later facts instead of its own. */
    public Session with(SessionFacts others) {
        if (facts.equals(others)) {
            return this;
        }
        Session changed = new Session(key, events, others, before, changedParty);
        changed.folded = folded == null ? null : folded.withSession(changed);
        return changed;
    }

    public SessionKey key() {
        return key;
    }

    /** In order of their places. */
    public List<PartyEvent> events() {
        return events;
    }

    public SessionFacts facts() {
        return facts;
    }

    public String id() {
        return key.telephonySessionId();
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }

    /** The folded session; it must have events. */
    public FoldedSession fold() {
        FoldedSession known = folded;
        if (known == null) {
            known = before == null || before.folded == null
                    ? FoldedSession.of(this)
                    : FoldedSession.of(this, before.folded, String.valueOf(changedParty));
            folded = known;
            before = null;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Session session
                && key.equals(session.key)
                && events.equals(session.events)
                && facts.equals(session.facts);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return key + " " + events;
    }
}
