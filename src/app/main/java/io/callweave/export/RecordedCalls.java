package io.callweave.export;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.Joining;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The calls of events on disk, as {@code assemble} makes them, by start. Only one call is in memory at a time. */
final class RecordedCalls {

    private static final int CALL = 3;
    private static final int USUAL_SIZE = 128;

    private final DiskTable table;
    private final RecordedEvents events;
    private final RecordedFacts facts;
    private long size;

    /** Begins an index of calls in a table. */
    RecordedCalls(DiskTable table, RecordedEvents events, RecordedFacts facts) {
        this.table = table;
        this.events = events;
        this.facts = facts;
    }

    /** Finds which sessions are one call, and what belongs to them, once all events and facts are there. */
    void index(ExportProgress progress) {
        // Of calls with several sessions, those that are still to come.
        Set<SessionKey> joined = new HashSet<>();
        // Of what the Call Log tells of, what no call has.
        Set<SessionKey> alone = new HashSet<>(facts.logged());
        long[] done = {0};
        events.<RuntimeException>sessions(session -> {
            progress.at(++done[0] + " sessions joined to calls", done[0], 0);
            facts.see(session);
            alone.remove(session.key());
            if (joined.remove(session.key())) {
                return;
            }
            String account = session.key().accountId();
            Joining.Sessions view = events.view(account, session);
            Joining.Component component = new Joining(view).componentOf(session.id());
            for (String id : component.seen()) {
                if (!id.equals(session.id())) {
                    joined.add(new SessionKey(account, id));
                }
            }
            component.unseen().forEach(id -> alone.remove(new SessionKey(account, id)));
            long start = component.seen().stream()
                    .map(id -> Objects.requireNonNull(view.session(id)))
                    .mapToLong(RecordedCalls::start)
                    .min()
                    .orElseThrow();
            put(start, account, component);
            size++;
        });
        for (SessionKey session : alone) {
            long start = CallRecord.ofLog(logged(session)).times().startTime();
            put(start, session.accountId(), new Joining.Component(Set.of(), Set.of(session.telephonySessionId())));
            size++;
        }
    }

    /** A session without events. */
    private Session logged(SessionKey session) {
        return Session.empty(session).with(facts.of(session));
    }

    long size() {
        return size;
    }

    private static long start(Session session) {
        return session.events().stream().mapToLong(PartyEvent::eventTime).min().orElse(Long.MAX_VALUE);
    }

    private void put(long start, String account, Joining.Component component) {
        Set<String> ids = component.seen().isEmpty() ? component.unseen() : component.seen();
        BinaryWriter key = from(start).string(ids.iterator().next()).string(account);
        BinaryWriter value = new BinaryWriter(USUAL_SIZE).string(account);
        write(value, component.seen());
        write(value, component.unseen());
        table.put(key.bytes(), value.bytes());
    }

    /**
     * The calls of a period, by start.
     *
     * @throws E what the taker throws
     */
    <E extends Exception> void calls(ExportPeriod period, CallRules rules, FileCalls.Taker<E> taker) throws E {
        table.<E>scan(new byte[] {CALL}, from(period.from()).bytes(), (key, value) -> {
            if (start(key) >= period.to()) {
                return false;
            }
            BinaryReader in = new BinaryReader(value);
            String account = in.string();
            Set<String> seen = read(in);
            Set<String> unseen = read(in);
            List<Session> sessions = new ArrayList<>();
            for (String id : seen) {
                SessionKey session = new SessionKey(account, id);
                sessions.add(events.session(session).with(facts.of(session)));
            }
            List<Session> logged = unseen.stream()
                    .map(id -> new SessionKey(account, id))
                    .filter(facts.logged()::contains)
                    .map(this::logged)
                    .toList();
            taker.take(
                    sessions.isEmpty()
                            ? CallRecord.ofLog(logged.get(0))
                            : CallRecord.of(Call.of(sessions, unseen, List.of(), false, logged), rules));
            return true;
        });
    }

    /** Sorted as numbers with a sign. */
    private static BinaryWriter from(long start) {
        return new BinaryWriter(USUAL_SIZE).u8(CALL).i64(start ^ Long.MIN_VALUE);
    }

    private static long start(byte[] key) {
        return new BinaryReader(Arrays.copyOfRange(key, 1, key.length)).i64() ^ Long.MIN_VALUE;
    }

    private static void write(BinaryWriter out, Set<String> ids) {
        out.varint(ids.size());
        ids.forEach(out::string);
    }

    private static Set<String> read(BinaryReader in) {
        long size = in.varint();
        Set<String> ids = new TreeSet<>();
        for (long i = 0; i < size; i++) {
            ids.add(in.string());
        }
        return ids;
    }
}
