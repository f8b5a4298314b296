package io.callweave.call.record;

import io.callweave.call.Call;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Peer;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.fact.FactPlace;
import io.callweave.call.joining.Joining;
import io.callweave.call.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All calls of a set of party events and later facts at once: the result that a stream of the same has in the end. The
 * order, duplicates and batches make no difference.
 */
public final class Assembly {

    private static final Comparator<CallRecord> ORDER = Comparator.comparingLong(
                    (CallRecord call) -> call.times().startTime())
            .thenComparing(CallRecord::callId)
            .thenComparing(CallRecord::accountId);

    private final Map<SessionKey, Map<PartyEvent.Place, PartyEvent>> sessions = new LinkedHashMap<>();

    private final Map<String, List<FactNotice>> notices = new HashMap<>();
    private final List<FactNotice> unplaced = new ArrayList<>();

    public void add(FactNotice notice) {
        notices.computeIfAbsent(notice.accountId(), account -> new ArrayList<>())
                .add(notice);
    }

    public void add(PartyEvent event) {
        sessions.computeIfAbsent(event.session(), key -> new HashMap<>())
                .merge(event.place(), event, (old, other) -> other.supersedes(old) ? other : old);
    }

    /** The final record of each call, by start, call id and account. */
    public List<CallRecord> records(CallRules rules) {
        Map<String, Map<String, Session>> byAccount = new HashMap<>();
        sessions.forEach((key, events) -> byAccount
                .computeIfAbsent(key.accountId(), account -> new HashMap<>())
                .put(key.telephonySessionId(), Session.of(key, events.values())));
        unplaced.clear();
        notices.forEach(
                (account, ofAccount) -> place(ofAccount, byAccount.computeIfAbsent(account, added -> new HashMap<>())));
        List<CallRecord> records = new ArrayList<>();
        for (Map<String, Session> account : byAccount.values()) {
            Map<String, Session> alone = new HashMap<>(account);
            for (Joining.Component component : new Joining(new AccountSessions(account)).components(account.keySet())) {
                List<Session> logged = component.unseen().stream()
                        .map(alone::remove)
                        .filter(Objects::nonNull)
                        .toList();
                List<Session> seen = component.seen().stream().map(account::get).toList();
                Call call = Call.of(seen, component.unseen(), List.of(), false, logged);
                records.add(CallRecord.of(call, rules));
            }
            alone.values().stream()
                    .filter(Session::isEmpty)
                    .map(CallRecord::ofLog)
                    .forEach(records::add);
        }
        records.sort(ORDER);
        return records;
    }

    /** @param seen gets those that only the Call Log tells of, without events */
    private void place(List<FactNotice> ofAccount, Map<String, Session> seen) {
        List<FactNotice> ofEvents = new ArrayList<>();
        for (FactNotice notice : ofAccount) {
            if (notice.kind() == FactKind.CALL_LOG && notice.place() instanceof FactPlace.InSession in) {
                String id = in.telephonySessionId();
                Session session = seen.getOrDefault(id, Session.empty(new SessionKey(notice.accountId(), id)));
                seen.put(id, session.with(session.facts().with(notice.kept())));
            } else {
                ofEvents.add(notice);
            }
        }
        FactPlacing placing = new FactPlacing(ofEvents);
        seen.values().stream().filter(session -> !session.isEmpty()).forEach(placing::see);
        for (FactNotice notice : placing.counting()) {
            boolean shown = false;
            for (String id : placing.sessionsOf(notice)) {
                Session session = seen.get(id);
                if (session != null && !session.isEmpty()) {
                    seen.put(id, session.with(session.facts().with(notice.kept())));
                    shown = true;
                }
            }
            if (!shown) {
                unplaced.add(notice);
            }
        }
    }

    /** The later facts that belong to none of these {@link #records}, each once, in no order. */
    public List<FactNotice> unplaced() {
        return unplaced;
    }

    /** All sessions of one account in memory, with an index of which session names which. */
    private static final class AccountSessions implements Joining.Sessions {

        private final Map<String, Session> sessions;
        private final Map<String, Collection<String>> namedBy = new HashMap<>();

        AccountSessions(Map<String, Session> sessions) {
            this.sessions = sessions;
            for (Session session : sessions.values()) {
                for (PartyEvent event : session.events()) {
                    Peer peer = event.facts().peer();
                    if (peer != null) {
                        namedBy.computeIfAbsent(peer.telephonySessionId(), id -> new TreeSet<>())
                                .add(session.id());
                    }
                }
            }
        }

        @Override
        public @Nullable Session session(String telephonySessionId) {
            return sessions.get(telephonySessionId);
        }

        @Override
        public Collection<String> namedBy(String telephonySessionId) {
            return namedBy.getOrDefault(telephonySessionId, List.of());
        }
    }
}
