package io.callweave.topology.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.PartyEventCodec;
import io.callweave.topology.state.Texts;
import java.util.List;

/** Writes the events of a session as {@link SessionLoader} reads them. */
final class SessionWriter {

    private SessionWriter() {}

    /** The events that lie in the session's value. */
    static void events(StoredSession session, BinaryWriter out) {
        Texts texts = new Texts.Table(session.key());
        List<PartyEvent> events = session.session.events();
        for (int i = 0; i < events.size(); i++) {
            if (session.slots.of(i) == SlotNumbers.NONE) {
                event(session, i, out, texts);
            }
        }
    }

    /** One event, with what waits behind a gap in its place. */
    static void event(StoredSession session, int index, BinaryWriter out, Texts texts) {
        PartyEvent event = session.session.events().get(index);
        long since = session.sequence().heldSince(event.place());
        PartyEvent held = since == 0 ? null : session.sequence().held(event.place());
        PartyEventCodec.write(new PartyEventCodec.Stored(event, since, held), out, texts);
    }
}
