package io.callweave.topology.session;

import io.callweave.call.event.PartyEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which events of a session have gone out to {@code party-events}. What is in order goes at once; a missing sequence holds
 * back what follows, until it comes or is given up.
 */
public final class SessionSequence {

    /** The first visible sequence of a session; lower ones are taken, but never waited for. */
    private static final long FIRST_SEQUENCE = 2;

    /** Made when the first event waits: in most sessions none does, and live sessions stay in memory. */
    private NavigableMap<PartyEvent.Place, Held> held = Collections.emptyNavigableMap();

    private long highestOut = -1;
    private long heldLength;

    /**
     * An event that waits behind a gap.
     *
     * @param event with its body
     * @param since receipt of its notification, in milliseconds since the epoch
     */
    record Held(PartyEvent event, long since) {}

    /** What becomes of an event at a place that was not known. */
    public enum Arrival {
        IN_ORDER,
        /** One with a higher sequence went out before. */
        LATE,
        HELD
    }

    /**
     * An event that goes out after it was held back.
     *
     * @param afterGap whether what is missing before it was given up
     */
    public record Release(PartyEvent event, boolean afterGap) {}

    /** An event that is out already, from a store. */
    void restore(PartyEvent out) {
        Held before = held.isEmpty() ? null : held.remove(out.place());
        heldLength -= before == null ? 0 : before.event().body().text().length();
        highestOut = Math.max(highestOut, out.sequence());
    }

    /** An event that waits, from a store. */
    void restore(PartyEvent waiting, long since) {
        hold(waiting, since);
    }

    public Arrival arrive(PartyEvent event, long receivedAt) {
        if (event.sequence() < highestOut) {
            return Arrival.LATE;
        }
        if (event.sequence() <= next()) {
            highestOut = Math.max(highestOut, event.sequence());
            return Arrival.IN_ORDER;
        }
        hold(event, receivedAt);
        return Arrival.HELD;
    }

    private void hold(PartyEvent event, long since) {
        if (!(held instanceof TreeMap)) {
            held = new TreeMap<>();
        }
        // A notification can be far larger than its event, and only that is counted.
        held.put(event.place(), new Held(event.withBody(event.body().detached()), since));
        heldLength += event.body().text().length();
    }

    /** Takes an event that nobody waits for: it counts as one that is out. */
    public void pass(PartyEvent event) {
        highestOut = Math.max(highestOut, event.sequence());
    }

    /**
     * The held events that go out now, in order.
     *
     * @param giveUpBefore gaps that have held something back since then or longer are given up
     */
    public List<Release> release(long giveUpBefore) {
        if (held.isEmpty()) {
            return List.of();
        }
        List<Release> released = new ArrayList<>();
        boolean givenUp = heldSince() <= giveUpBefore;
        Iterator<Map.Entry<PartyEvent.Place, Held>> inOrder = held.entrySet().iterator();
        while (inOrder.hasNext()) {
            Map.Entry<PartyEvent.Place, Held> entry = inOrder.next();
            long sequence = entry.getKey().sequence();
            boolean afterGap = sequence > next();
            if (afterGap && !givenUp) {
                break;
            }
            highestOut = Math.max(highestOut, sequence);
            released.add(new Release(entry.getValue().event(), afterGap));
            heldLength -= entry.getValue().event().body().text().length();
            inOrder.remove();
            // A younger gap behind an older one waits for its own time.
            givenUp = givenUp && heldSince() <= giveUpBefore;
        }
        return released;
    }

    /** Since when the oldest held event waits; {@link Long#MAX_VALUE} if none does. */
    public long heldSince() {
        long since = Long.MAX_VALUE;
        for (Held waiting : held.values()) {
            since = Math.min(since, waiting.since());
        }
        return since;
    }

    /** Since when the event at this place waits; 0 if it does not. */
    public long heldSince(PartyEvent.Place place) {
        Held waiting = held.isEmpty() ? null : held.get(place);
        return waiting == null ? 0 : waiting.since();
    }

    /** The event that waits at this place, with its texts. */
    public PartyEvent held(PartyEvent.Place place) {
        return Objects.requireNonNull(held.get(place)).event();
    }

    /** How many characters wait. */
    public long heldLength() {
        return heldLength;
    }

    public boolean isHolding() {
        return !held.isEmpty();
    }

    private long next() {
        return Math.max(FIRST_SEQUENCE, highestOut + 1);
    }
}
