package io.callweave.export;

import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.fact.FactPlace;
import io.callweave.call.fact.SessionFacts;
import io.callweave.call.record.FactPlacing;
import io.callweave.call.session.Session;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.LaterFactCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Later facts on disk, by session. Those that name no session are in memory until it is known which they belong to. */
final class RecordedFacts {

    private static final int FACTS = 4;
    private static final int USUAL_SIZE = 512;

    private final DiskTable table;
    private final Map<String, List<FactNotice>> unplaced = new HashMap<>();
    private final Map<String, FactPlacing> placings = new HashMap<>();

    /** The sessions that the Call Log tells of. */
    private final Set<SessionKey> logged = new HashSet<>();

    private long number;

    RecordedFacts(DiskTable table) {
        this.table = table;
    }

    void add(FactNotice notice) {
        if (notice.place() instanceof FactPlace.InSession in) {
            SessionKey session = new SessionKey(notice.accountId(), in.telephonySessionId());
            put(session, notice);
            if (notice.kind() == FactKind.CALL_LOG) {
                logged.add(session);
            }
        } else {
            unplaced.computeIfAbsent(notice.accountId(), account -> new ArrayList<>())
                    .add(notice.withoutTexts());
        }
    }

    /** Takes a session of an account, after all notices were added. */
    void see(Session session) {
        String account = session.key().accountId();
        List<FactNotice> notices = unplaced.get(account);
        if (notices != null) {
            Session whole = logged.contains(session.key()) ? session.with(of(session.key())) : session;
            placings.computeIfAbsent(account, added -> new FactPlacing(notices)).see(whole);
        }
    }

    Set<SessionKey> logged() {
        return logged;
    }

    /** All sessions were seen, so each fact goes to those that it belongs to. */
    void place() {
        placings.forEach((account, placing) -> placing.counting()
                .forEach(notice -> placing.sessionsOf(notice).forEach(id -> put(new SessionKey(account, id), notice))));
        unplaced.clear();
        placings.clear();
    }

    /** Those of a session. */
    SessionFacts of(SessionKey session) {
        if (number == 0) {
            return SessionFacts.NONE;
        }
        SessionFacts[] facts = {SessionFacts.NONE};
        table.scan(prefix(session).bytes(), (key, value) -> {
            facts[0] = facts[0].with(LaterFactCodec.readList(new BinaryReader(value)));
            return true;
        });
        return facts[0];
    }

    private void put(SessionKey session, FactNotice notice) {
        BinaryWriter value = new BinaryWriter(USUAL_SIZE);
        LaterFactCodec.write(notice.kept(), value);
        table.put(prefix(session).i64(number++).bytes(), value.bytes());
    }

    private static BinaryWriter prefix(SessionKey session) {
        return new BinaryWriter(USUAL_SIZE)
                .u8(FACTS)
                .string(session.accountId())
                .string(session.telephonySessionId());
    }
}
