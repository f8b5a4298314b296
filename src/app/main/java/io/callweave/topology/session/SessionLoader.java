package io.callweave.topology.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.session.Session;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.EventSlots;
import io.callweave.topology.state.PartyEventCodec;
import io.callweave.topology.state.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a session with its events: those in its value, then those in slots. */
final class SessionLoader {

    private SessionLoader() {}

    /**
     * Fills a session that is empty.
     *
     * @param value of the session; null if it has none
     * @param known texts of other sessions
     * @return the state that the value has
     */
    static SessionState fill(StoredSession session, byte @Nullable [] value, EventSlots slots, RecentTexts known) {
        SessionKey key = session.key();
        List<PartyEvent> events = new ArrayList<>();
        SessionState state = SessionState.NEW;
        if (value != null) {
            BinaryReader in = new BinaryReader(value);
            state = SessionState.read(in);
            session.lastChange = state.lastChange();
            Texts texts = new Texts.Table(key);
            while (!in.atEnd()) {
                events.add(restore(session, PartyEventCodec.read(key, in, texts), events, known));
            }
        }
        Map<PartyEvent.Place, Integer> inSlots = new HashMap<>();
        for (int slot : slots.of(key)) {
            BinaryReader in = slots.read(slot);
            session.lastChange = Math.max(session.lastChange, in.varint());
            while (!in.atEnd()) {
                PartyEvent event = restore(session, PartyEventCodec.read(key, in, Texts.INLINE), events, known);
                inSlots.put(event.place(), slot);
                events.add(event);
            }
        }
        if (!events.isEmpty()) {
            session.session = Session.of(key, events);
            session.slots.clear(session.session.events().size());
            inSlots.forEach((place, slot) -> session.slots.set(session.session.indexOf(place), slot));
            session.open = OpenParties.of(session.session);
            session.size = SessionSize.of(session.session);
        }
        return state;
    }

    private static PartyEvent restore(
            StoredSession session, PartyEventCodec.Stored stored, List<PartyEvent> earlier, RecentTexts known) {
        PartyEvent waiting = stored.waiting();
        if (waiting == null) {
            session.sequence().restore(stored.event());
        } else {
            session.sequence().restore(waiting, stored.heldSince());
        }
        return known.sharing(stored.event(), earlier);
    }
}
