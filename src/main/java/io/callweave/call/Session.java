package io.callweave.call;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One account's view of one telephony session: the set of its party events, each place once, in order of sequence. The
 * same set results from any order of arrival and any duplication, so whatever is computed from it does not depend on
 * delivery either.
 */
public final class Session {

    private static final Comparator<PartyEvent> BY_PLACE = Comparator.comparing(PartyEvent::place);

    private final SessionKey key;
    private final List<PartyEvent> events;

    /** Computed when it is first asked for: an event changes one party, so the others need not be folded again. */
    private @Nullable FoldedSession folded;

    /** Only until it has served: a session must not keep all that it ever was. */
    private @Nullable Session before;

    private final @Nullable String changedParty;

    /** A session of events that are in order, each place once. */
    public Session(SessionKey key, List<PartyEvent> events) {
        this(key, List.copyOf(events), null, null);
    }

    private Session(SessionKey key, List<PartyEvent> events, @Nullable Session before, @Nullable String changedParty) {
        this.key = key;
        this.events = events;
        // Of a chain of sessions that nobody looked at, only the last folded one is worth keeping.
        this.before = before != null && before.folded != null ? before : null;
        this.changedParty = this.before == null ? null : changedParty;
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
        int index = indexOf(event);
        return index < 0 || event.supersedes(events.get(index));
    }

    /** Whether there is an event of the same place. */
    public boolean hasPlaceOf(PartyEvent event) {
        return indexOf(event) >= 0;
    }

    /** As {@link Collections#binarySearch}; most events come in order, and then there is nothing to search. */
    private int indexOf(PartyEvent event) {
        boolean isLast = events.isEmpty() || events.get(events.size() - 1).sequence() < event.sequence();
        return isLast ? -events.size() - 1 : Collections.binarySearch(events, event, BY_PLACE);
    }

    /** This session with one more event. */
    public Session with(PartyEvent event) {
        if (!isChangedBy(event)) {
            return this;
        }
        int index = indexOf(event);
        List<PartyEvent> more = new ArrayList<>(events.size() + 1);
        more.addAll(events);
        if (index >= 0) {
            more.set(index, event);
        } else {
            more.add(-index - 1, event);
        }
        return new Session(key, Collections.unmodifiableList(more), this, event.partyId());
    }

    public SessionKey key() {
        return key;
    }

    /** In order of their places. */
    public List<PartyEvent> events() {
        return events;
    }

    public String id() {
        return key.telephonySessionId();
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }

    /** The session as a call sees it; there must be events. */
    FoldedSession fold() {
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
        return other instanceof Session session && key.equals(session.key) && events.equals(session.events);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + events.hashCode();
    }

    @Override
    public String toString() {
        return key + " " + events;
    }
}
