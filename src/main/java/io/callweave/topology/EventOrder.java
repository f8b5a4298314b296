package io.callweave.topology;

import io.callweave.call.PartyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What stage 1 knows of a session: of every event its place, a hash of its body, and whether it has gone out to {@code
 * party-events}. In order goes at once; a missing sequence holds up what follows, until it comes or is given up.
 */
final class EventOrder {

    /** The first visible sequence of a session; lower ones are taken, but never waited for. */
    private static final long FIRST_SEQUENCE = 2;

    private static final long NONE = -1;
    private static final int VERSION = 1;
    private static final int IS_CLOSED = 1;

    /** One event; {@code heldSince} is 0 once it has gone out. */
    private record Seen(long hash, String status, long eventTime, long heldSince) {

        boolean isHeld() {
            return heldSince != 0;
        }

        Seen released() {
            return new Seen(hash, status, eventTime, 0);
        }
    }

    /** The party's event before this one. */
    record Previous(String status, long eventTime) {}

    /**
     * An event that goes out.
     *
     * @param late whether one with a higher sequence went out before
     * @param afterGap whether what is missing before it was given up
     */
    record Release(
            PartyEvent.Place place,
            boolean late,
            boolean afterGap,
            @Nullable Previous previous) {}

    /** What becomes of an event that has come. */
    enum Arrival {
        DUPLICATE,
        /** Another body of an event that is known. */
        REPLACED,
        IN_ORDER,
        LATE,
        HELD,
        /** One more of a session that has as many as are kept. */
        UNTRACKED
    }

    private final TreeMap<PartyEvent.Place, Seen> seen = new TreeMap<>();
    private long highestOut = NONE;
    private long lastChange;
    private long armedDue;
    private boolean closed;
    private int held;

    /** Takes note of an event; if it is held, its body has to be kept by the caller. */
    Arrival arrive(PartyEvent event, long hash, long receivedAt, int mostEvents) {
        PartyEvent.Place place = event.place();
        // Most events come in order, and then there is nothing to look for.
        Seen before = isBehindAll(place) ? null : seen.get(place);
        if (before != null) {
            if (before.hash() == hash) {
                return Arrival.DUPLICATE;
            }
            seen.put(place, new Seen(hash, before.status(), before.eventTime(), before.heldSince()));
            return Arrival.REPLACED;
        }
        if (seen.size() >= mostEvents) {
            return Arrival.UNTRACKED;
        }
        Arrival arrival = event.sequence() < highestOut
                ? Arrival.LATE
                : event.sequence() <= next() ? Arrival.IN_ORDER : Arrival.HELD;
        held += arrival == Arrival.HELD ? 1 : 0;
        long heldSince = arrival == Arrival.HELD ? Math.max(1, receivedAt) : 0;
        seen.put(place, new Seen(hash, event.facts().status(), event.eventTime(), heldSince));
        if (arrival == Arrival.IN_ORDER) {
            highestOut = Math.max(highestOut, event.sequence());
        }
        return arrival;
    }

    private boolean isBehindAll(PartyEvent.Place place) {
        return seen.isEmpty() || seen.lastKey().sequence() < place.sequence();
    }

    /** A new event was received that stage 2 takes as well. */
    void changed(long receivedAt) {
        lastChange = Math.max(lastChange, receivedAt);
    }

    /** An event that goes out as it came. */
    Release release(PartyEvent.Place place, boolean late) {
        return new Release(place, late, false, previous(place));
    }

    /**
     * The held events that go out now, in order.
     *
     * @param giveUpBefore gaps that have held something up since then or longer are given up
     */
    List<Release> release(long giveUpBefore) {
        if (held == 0) {
            return List.of();
        }
        List<Release> released = new ArrayList<>();
        for (Map.Entry<PartyEvent.Place, Seen> entry : List.copyOf(seen.entrySet())) {
            if (!entry.getValue().isHeld()) {
                continue;
            }
            PartyEvent.Place place = entry.getKey();
            if (place.sequence() > next() && heldSince() > giveUpBefore) {
                break;
            }
            boolean afterGap = place.sequence() > next();
            seen.put(place, entry.getValue().released());
            held--;
            highestOut = Math.max(highestOut, place.sequence());
            released.add(new Release(place, false, afterGap, previous(place)));
        }
        return released;
    }

    /** Since when the lowest gap holds events up; {@link Long#MAX_VALUE} if there is none. */
    long heldSince() {
        if (held == 0) {
            return Long.MAX_VALUE;
        }
        return seen.values().stream()
                .filter(Seen::isHeld)
                .mapToLong(Seen::heldSince)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private long next() {
        return Math.max(FIRST_SEQUENCE, highestOut + 1);
    }

    private @Nullable Previous previous(PartyEvent.Place place) {
        for (Map.Entry<PartyEvent.Place, Seen> entry :
                seen.headMap(place, false).descendingMap().entrySet()) {
            if (entry.getKey().partyId().equals(place.partyId())) {
                return new Previous(entry.getValue().status(), entry.getValue().eventTime());
            }
        }
        return null;
    }

    int size() {
        return seen.size();
    }

    long lastChange() {
        return lastChange;
    }

    long armedDue() {
        return armedDue;
    }

    void arm(long due) {
        armedDue = due;
    }

    boolean isClosed() {
        return closed;
    }

    /** Forgets everything but that there was such a session. */
    void close() {
        seen.clear();
        held = 0;
        closed = true;
    }

    byte[] write() {
        List<String> parties = new ArrayList<>();
        BinaryWriter entries = new BinaryWriter(seen.size() * 24 + 16);
        for (Map.Entry<PartyEvent.Place, Seen> entry : seen.entrySet()) {
            int party = indexIn(parties, entry.getKey().partyId());
            Seen event = entry.getValue();
            entries.varint(entry.getKey().sequence())
                    .varint(party)
                    .i64(event.hash())
                    .string(event.status())
                    .varint(event.eventTime())
                    .varint(event.heldSince());
        }
        BinaryWriter out = new BinaryWriter(seen.size() * 24 + 128)
                .u8(VERSION)
                .u8(closed ? IS_CLOSED : 0)
                .i64(highestOut)
                .varint(lastChange)
                .varint(armedDue)
                .varint(parties.size());
        parties.forEach(out::string);
        return out.raw(entries.bytes()).bytes();
    }

    /** The same strings mostly, and the latest ones most of all. */
    private static int indexIn(List<String> parties, String party) {
        for (int index = parties.size() - 1; index >= 0; index--) {
            if (parties.get(index).equals(party)) {
                return index;
            }
        }
        parties.add(party);
        return parties.size() - 1;
    }

    static EventOrder read(byte @Nullable [] value) {
        EventOrder order = new EventOrder();
        if (value == null) {
            return order;
        }
        BinaryReader in = new BinaryReader(value);
        in.version(VERSION, "An event order");
        order.closed = (in.u8() & IS_CLOSED) != 0;
        order.highestOut = in.i64();
        order.lastChange = in.varint();
        order.armedDue = in.varint();
        List<String> parties = new ArrayList<>();
        for (long left = in.varint(); left > 0; left--) {
            parties.add(in.string());
        }
        while (!in.atEnd()) {
            long sequence = in.varint();
            PartyEvent.Place place = new PartyEvent.Place(sequence, parties.get((int) in.varint()));
            Seen event = new Seen(in.i64(), in.string(), in.varint(), in.varint());
            order.seen.put(place, event);
            order.held += event.isHeld() ? 1 : 0;
        }
        return order;
    }
}
