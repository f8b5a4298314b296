package io.callweave.topology.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.EventSlots;
import io.callweave.topology.state.PartyEventCodec;
import io.callweave.topology.state.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/** Writes the events of a session as {@link SessionLoader} reads them. */
final class SessionWriter {

    /** If one of a slot changes, all of it is written again. */
    private static final int MOST_OF_A_SLOT = 16;

    /** A slot with as much takes no more events. */
    private static final int FULL_BYTES = 16 << 10;

    private SessionWriter() {}

    /** The events that lie in the session's value. */
    static void events(StoredSession session, BinaryWriter out) {
        Texts texts = new Texts.Table(session.key());
        for (int i = 0; i < session.session.events().size(); i++) {
            if (session.slots.of(i) == SlotNumbers.NONE) {
                event(session, i, out, texts);
            }
        }
    }

    /** Writes the events that have changed in their slots; new ones together. */
    static void slots(StoredSession session, EventSlots slots) {
        SlotNumbers numbers = session.slots;
        Queue<Integer> added = new ArrayDeque<>();
        Map<Integer, Queue<Integer>> changed = new LinkedHashMap<>();
        for (int i = 0; i < session.session.events().size(); i++) {
            if (numbers.of(i) == SlotNumbers.NEW) {
                added.add(i);
            } else if (numbers.isChanged(i)) {
                changed.put(numbers.of(i), new ArrayDeque<>());
            }
        }
        // Also those events of the slots that have not changed.
        for (int i = 0; i < session.session.events().size() && !changed.isEmpty(); i++) {
            Queue<Integer> ofSlot = changed.get(numbers.of(i));
            if (ofSlot != null) {
                ofSlot.add(i);
            }
        }
        changed.forEach((slot, events) -> {
            BinaryWriter out = begin(session, slots);
            List<Integer> written = take(session, events, out);
            slots.put(slot, out.copy());
            written.forEach(event -> numbers.set(event, slot));
            // They have grown.
            added.addAll(events);
        });
        while (!added.isEmpty()) {
            BinaryWriter out = begin(session, slots);
            List<Integer> written = take(session, added, out);
            int slot = slots.add(session.key(), out.copy());
            written.forEach(event -> numbers.set(event, slot));
        }
    }

    /** Writes as many of the events as may lie in a slot, at least one, and removes them. */
    private static List<Integer> take(StoredSession session, Queue<Integer> events, BinaryWriter out) {
        List<Integer> written = new ArrayList<>();
        while (!events.isEmpty()
                && (written.isEmpty() || (written.size() < MOST_OF_A_SLOT && out.length() < FULL_BYTES))) {
            int event = events.remove();
            event(session, event, out, Texts.INLINE);
            written.add(event);
        }
        return written;
    }

    private static BinaryWriter begin(StoredSession session, EventSlots slots) {
        return slots.write(session.key(), session.state().generation()).varint(session.lastChange);
    }

    /** One event, with what waits behind a gap in its place. */
    private static void event(StoredSession session, int index, BinaryWriter out, Texts texts) {
        PartyEvent event = session.session.events().get(index);
        long since = session.sequence().heldSince(event.place());
        PartyEvent held = since == 0 ? null : session.sequence().held(event.place());
        PartyEventCodec.write(new PartyEventCodec.Stored(event, since, held), out, texts);
    }
}
