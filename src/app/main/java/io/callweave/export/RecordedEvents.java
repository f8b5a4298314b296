package io.callweave.export;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.Joining;
import io.callweave.call.session.Session;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.PartyEventCodec;
import io.callweave.topology.state.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Party events on disk, by session, with an index of which session names which. */
final class RecordedEvents {

    private static final int EVENT = 1;
    private static final int NAMED_BY = 2;
    private static final byte[] NOTHING = {};
    private static final int USUAL_SIZE = 256;

    private final DiskTable table;
    private final boolean withTexts;
    private long number;

    /** @param withTexts whether the events can be written as they were received */
    RecordedEvents(DiskTable table, boolean withTexts) {
        this.table = table;
        this.withTexts = withTexts;
    }

    /** Takes sessions. */
    @FunctionalInterface
    interface Taker<E extends Exception> {
        void take(Session session) throws E;
    }

    void add(PartyEvent event) {
        SessionKey session = event.session();
        BinaryWriter value = new BinaryWriter(USUAL_SIZE);
        PartyEventCodec.write(
                new PartyEventCodec.Stored(event, 0, withTexts ? event : null), value, new Texts.Table(session));
        // By number: nothing has to be read before it is written, and duplicates go when the session is read.
        table.put(prefix(session).i64(number++).bytes(), value.bytes());
        if (event.facts().peer() != null) {
            String peer = event.facts().peer().telephonySessionId();
            table.put(
                    namedBy(session.accountId(), peer)
                            .string(session.telephonySessionId())
                            .bytes(),
                    NOTHING);
        }
    }

    /** How many events were added. */
    long size() {
        return number;
    }

    /** All sessions, each once. */
    <E extends Exception> void sessions(Taker<E> taker) throws E {
        List<PartyEvent> events = new ArrayList<>();
        table.<E>scan(new byte[] {EVENT}, (key, value) -> {
            SessionKey session = session(key);
            if (!events.isEmpty() && !events.get(0).session().equals(session)) {
                taker.take(Session.of(events.get(0).session(), events));
                events.clear();
            }
            events.add(event(session, value));
            return true;
        });
        if (!events.isEmpty()) {
            taker.take(Session.of(events.get(0).session(), events));
        }
    }

    /** A session; empty if it was not seen. */
    Session session(SessionKey session) {
        List<PartyEvent> events = new ArrayList<>();
        table.scan(prefix(session).bytes(), (key, value) -> events.add(event(session, value)));
        return Session.of(session, events);
    }

    /** The sessions of an account, for joining a few of them to calls: what was read is kept. */
    Joining.Sessions view(String accountId, @Nullable Session known) {
        Map<String, Session> read = new HashMap<>();
        if (known != null) {
            read.put(known.id(), known);
        }
        return new Joining.Sessions() {

            @Override
            public Session session(String id) {
                return read.computeIfAbsent(id, each -> RecordedEvents.this.session(new SessionKey(accountId, each)));
            }

            @Override
            public Collection<String> namedBy(String id) {
                Collection<String> names = new TreeSet<>();
                byte[] prefix = RecordedEvents.namedBy(accountId, id).bytes();
                table.scan(
                        prefix,
                        (key, value) -> names.add(
                                new BinaryReader(Arrays.copyOfRange(key, prefix.length, key.length)).string()));
                return names;
            }
        };
    }

    private static PartyEvent event(SessionKey session, byte[] value) {
        PartyEventCodec.Stored stored =
                PartyEventCodec.read(session, new BinaryReader(value), new Texts.Table(session));
        PartyEvent whole = stored.waiting();
        return whole == null ? stored.event() : whole;
    }

    /** Lengths stand before the texts, so no session's keys begin like those of another one. */
    private static BinaryWriter prefix(SessionKey session) {
        return new BinaryWriter(USUAL_SIZE)
                .u8(EVENT)
                .string(session.accountId())
                .string(session.telephonySessionId());
    }

    private static BinaryWriter namedBy(String accountId, String peer) {
        return new BinaryWriter(USUAL_SIZE).u8(NAMED_BY).string(accountId).string(peer);
    }

    private static SessionKey session(byte[] key) {
        BinaryReader in = new BinaryReader(key);
        in.u8();
        return new SessionKey(in.string(), in.string());
    }
}
