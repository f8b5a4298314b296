package io.callweave.topology.session;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.state.StoreKeys;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Some stored sessions of an account, in the order of their keys.
 *
 * @param emitted those of calls that were emitted, that do not say so yet that they overlap a gap, and can still change
 * @param next where to go on; null at the end
 */
public record EmittedSessions(
        List<SessionKey> emitted, @Nullable Bytes next) {

    /** See {@link SessionStore#emitted}. */
    static EmittedSessions find(
            KeyValueStore<Bytes, byte[]> store, String accountId, long since, @Nullable Bytes begin, int most) {
        Bytes prefix = StoreKeys.sessions(StoreKeys.Kind.STATE, accountId);
        List<SessionKey> emitted = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.range(begin == null ? prefix : begin, null)) {
            for (int left = most; entries.hasNext(); left--) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                if (!StoreKeys.isUnder(entry.key, prefix)) {
                    break;
                }
                if (left == 0) {
                    return new EmittedSessions(emitted, entry.key);
                }
                SessionState state = SessionStore.read(entry.value);
                LastEmission last = state.emission();
                if (state.wasEmitted() && state.lastChange() >= since && (last == null || !last.inGap())) {
                    emitted.add(StoreKeys.sessionOf(StoreKeys.reader(entry.key)));
                }
            }
        }
        return new EmittedSessions(emitted, null);
    }
}
