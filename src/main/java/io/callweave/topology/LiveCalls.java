package io.callweave.topology;

import io.callweave.call.CallRecord;
import io.callweave.call.CallRules;
import io.callweave.call.SessionKey;
import io.callweave.record.CallRecordJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The records so far of calls that go on: one at once, further ones at most one per interval, and a tombstone when the call
 * is live no more under its id. Which calls are live is kept in a store, so that a restart does not lose what the interval holds back.
 */
final class LiveCalls {

    private static final byte[] PRESENT = {1};

    private final SessionStore sessions;
    private final KeyValueStore<Bytes, byte[]> store;
    private final CallRules rules;
    private final long interval;
    private final int recordBytes;

    /** When each live call was last given out, by the session that is its id. */
    private final Map<SessionKey, Long> lastSent = new HashMap<>();

    /** Calls that have changed within their interval, and when that ends; an entry that waits no more is passed over. */
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.comparingLong(Waiting::until));

    private final Set<SessionKey> waiting = new HashSet<>();
    private int liveSessions;

    private record Waiting(long until, SessionKey key) {}

    /**
     * Takes up the live calls of a restored store. What had changed within its interval is not known any more, so each is
     * given out once.
     */
    LiveCalls(
            SessionStore sessions,
            KeyValueStore<Bytes, byte[]> store,
            CallRules rules,
            long interval,
            int recordBytes) {
        this.sessions = sessions;
        this.store = store;
        this.rules = rules;
        this.interval = interval;
        this.recordBytes = recordBytes;
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.LIVE))) {
            while (entries.hasNext()) {
                SessionKey key = StoreKeys.sessionOf(StoreKeys.reader(entries.next().key));
                lastSent.put(key, 0L);
                enqueue(key, 0);
                liveSessions++;
            }
        }
    }

    int calls() {
        return lastSent.size();
    }

    /** After a restart, a call of several sessions counts as one until it changes. */
    int liveSessions() {
        return liveSessions;
    }

    /** A live call has changed: gives it out now, or when its interval is over. */
    void update(CallView view, long time, long cause, List<Stage2Output> out) {
        SessionKey key = key(view);
        String callId = key.telephonySessionId();
        for (SessionStore.Held session : view.sessions()) {
            if (!callId.equals(session.state().liveIn())) {
                liveSessions += session.state().liveIn() == null ? 1 : 0;
                sessions.putState(session.session().key(), session.state().liveIn(callId));
            }
        }
        Long last = lastSent.get(key);
        if (last == null) {
            store.put(StoreKeys.session(StoreKeys.Kind.LIVE, key), PRESENT);
        } else if (time - last < interval) {
            enqueue(key, last + interval);
            return;
        }
        send(view, time, cause, out);
    }

    private void enqueue(SessionKey key, long until) {
        if (waiting.add(key)) {
            queue.add(new Waiting(until, key));
        }
    }

    /** Takes out the calls whose interval is over, and that are to be given out now. */
    List<SessionKey> takeReady(long time) {
        List<SessionKey> ready = new ArrayList<>();
        for (Waiting next = queue.peek(); next != null && next.until() <= time; next = queue.peek()) {
            queue.remove();
            if (waiting.remove(next.key())) {
                ready.add(next.key());
            }
        }
        return ready;
    }

    void send(CallView view, long time, long cause, List<Stage2Output> out) {
        SessionKey key = key(view);
        CallRecord live = CallRecord.live(view.call(), rules);
        byte[] json = CallRecordJson.write(live, 0);
        if (json.length > recordBytes) {
            json = CallRecordJson.write(live.withoutParties(), 0);
        }
        out.add(new Stage2Output.LiveUpdate(key.accountId(), key.telephonySessionId(), json, cause));
        lastSent.put(key, time);
        waiting.remove(key);
    }

    /** A call is not live any more; what it was live under is to be {@linkplain #clear cleared}. */
    void finished(List<SessionStore.Held> call) {
        for (SessionStore.Held session : call) {
            SessionKey key = session.session().key();
            SessionState state = sessions.get(key).state();
            if (state.liveIn() != null) {
                liveSessions--;
                sessions.putState(key, state.liveIn(null));
            }
        }
    }

    /** Tombstones for ids under which calls were live before, unless they are again. */
    void clear(String account, Set<String> formerIds, long cause, List<Stage2Output> out) {
        for (String former : formerIds) {
            SessionKey key = new SessionKey(account, former);
            if (!former.equals(sessions.get(key).state().liveIn())) {
                out.add(new Stage2Output.LiveUpdate(account, former, null, cause));
                waiting.remove(key);
                if (lastSent.remove(key) != null) {
                    store.delete(StoreKeys.session(StoreKeys.Kind.LIVE, key));
                }
            }
        }
    }

    private static SessionKey key(CallView view) {
        return new SessionKey(view.call().accountId(), view.call().callId());
    }
}
