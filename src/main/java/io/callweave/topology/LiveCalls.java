package io.callweave.topology;

import io.callweave.call.CallRecord;
import io.callweave.call.CallRules;
import io.callweave.call.SessionKey;
import io.callweave.record.CallRecordJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The records so far of calls that go on: one at once, further ones at most one per interval, and a tombstone when the call
 * is live no more under its id. What the interval holds back is kept in a store, so that a restart does not lose it.
 */
final class LiveCalls {

    private static final byte[] PRESENT = {1};
    private static final int REMEMBERED_CALLS = 16_384;

    private final SessionStore sessions;
    private final KeyValueStore<Bytes, byte[]> pendingStore;
    private final CallRules rules;
    private final long interval;
    private final int recordBytes;

    /** By the session that is the call's id. */
    private final Map<SessionKey, Long> lastSent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionKey, Long> eldest) {
            return size() > REMEMBERED_CALLS;
        }
    };

    private final Map<SessionKey, Boolean> pending = new LinkedHashMap<>();

    LiveCalls(
            SessionStore sessions,
            KeyValueStore<Bytes, byte[]> pendingStore,
            CallRules rules,
            long interval,
            int recordBytes) {
        this.sessions = sessions;
        this.pendingStore = pendingStore;
        this.rules = rules;
        this.interval = interval;
        this.recordBytes = recordBytes;
        try (KeyValueIterator<Bytes, byte[]> entries =
                StoreKeys.under(pendingStore, StoreKeys.of(StoreKeys.Kind.LIVE_PENDING))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                pending.put(StoreKeys.sessionOf(StoreKeys.reader(entry.key)), true);
            }
        }
    }

    /** A live call has changed: gives it out now, or when its interval is over. */
    void update(CallView view, long time, long cause, List<Stage2Output> out) {
        SessionKey key = key(view);
        for (SessionStore.Held session : view.sessions()) {
            sessions.putState(
                    session.session().key(), session.state().liveIn(view.call().callId()));
        }
        Long last = lastSent.get(key);
        if (last != null && time - last < interval) {
            if (pending.put(key, true) == null) {
                pendingStore.put(StoreKeys.session(StoreKeys.Kind.LIVE_PENDING, key), PRESENT);
            }
            return;
        }
        send(view, time, cause, out);
    }

    /** The calls whose interval is over, and that are to be given out now. */
    Collection<SessionKey> ready(long time) {
        if (pending.isEmpty()) {
            return List.of();
        }
        List<SessionKey> ready = new ArrayList<>();
        for (SessionKey key : pending.keySet()) {
            Long last = lastSent.get(key);
            if (last == null || time - last >= interval) {
                ready.add(key);
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
        unqueue(key);
    }

    /** A call is not live any more; what it was live under is to be {@linkplain #clear cleared}. */
    void finished(List<SessionStore.Held> call) {
        for (SessionStore.Held session : call) {
            SessionKey key = session.session().key();
            sessions.putState(key, sessions.get(key).state().liveIn(null));
        }
    }

    /** Tombstones for ids under which calls were live before, unless they are again. */
    void clear(String account, Set<String> formerIds, long cause, List<Stage2Output> out) {
        for (String former : formerIds) {
            SessionKey key = new SessionKey(account, former);
            String now = sessions.get(key).state().liveIn();
            if (!former.equals(now)) {
                out.add(new Stage2Output.LiveUpdate(account, former, null, cause));
                lastSent.remove(key);
                unqueue(key);
            }
        }
    }

    void unqueue(SessionKey key) {
        if (pending.remove(key) != null) {
            pendingStore.delete(StoreKeys.session(StoreKeys.Kind.LIVE_PENDING, key));
        }
    }

    private static SessionKey key(CallView view) {
        return new SessionKey(view.call().accountId(), view.call().callId());
    }
}
