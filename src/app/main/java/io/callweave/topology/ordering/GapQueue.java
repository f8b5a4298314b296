package io.callweave.topology.ordering;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.BinaryWriter;
import io.callweave.topology.state.StoreKeys;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When the gaps of which sessions are given up, by the clock of the source partition that showed the gap: nothing that could fill
 * it can come behind that clock in this partition. What producers write to another one can, and is late (docs/connect.md, "Which
 * partition"). Which sessions hold something back is kept in the store, so that a restart finds them.
 */
public final class GapQueue {

    private final KeyValueStore<Bytes, byte[]> store;
    private final Map<SessionKey, Integer> sources = new HashMap<>();

    /** Those of which the store knows, and those of which it is to be told something else. */
    private final Set<SessionKey> stored = new HashSet<>();

    private final Set<SessionKey> changed = new LinkedHashSet<>();
    private final Map<Integer, PriorityQueue<Waiting>> queues = new HashMap<>();

    private record Waiting(long until, SessionKey key) {}

    /** Takes up what a restored store holds back; each session is looked at once. */
    public GapQueue(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> entries = StoreKeys.under(store, StoreKeys.of(StoreKeys.Kind.HOLDING))) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                SessionKey key = StoreKeys.sessionOf(StoreKeys.reader(entry.key));
                BinaryReader in = new BinaryReader(entry.value);
                in.format("A session that holds events back");
                int source = (int) in.varint();
                sources.put(key, source);
                stored.add(key);
                queue(source).add(new Waiting(Long.MIN_VALUE, key));
            }
        }
    }

    /** A session holds something back until then. */
    public void hold(SessionKey key, int source, long until) {
        if (sources.putIfAbsent(key, source) == null) {
            changed.add(key);
            queue(source).add(new Waiting(until, key));
        }
    }

    /** A session holds nothing back any longer. */
    void release(SessionKey key) {
        if (sources.remove(key) != null) {
            changed.add(key);
        }
    }

    /** To be called before a commit. Most gaps are over by then, so nothing of them is written, and nothing deleted. */
    public void write() {
        for (SessionKey key : changed) {
            Integer source = sources.get(key);
            Bytes entry = StoreKeys.session(StoreKeys.Kind.HOLDING, key);
            if (source != null) {
                store.put(entry, new BinaryWriter(8).format().varint(source).bytes());
                stored.add(key);
            } else if (stored.remove(key)) {
                store.put(entry, null);
            }
        }
        changed.clear();
    }

    /** A session that was {@linkplain #due due} continues to hold back until then. */
    void holdOn(SessionKey key, long until) {
        Integer source = sources.get(key);
        if (source != null) {
            queue(source).add(new Waiting(until, key));
        }
    }

    /** Whether there can be a session to look at now. */
    boolean mayHave(int source, long time) {
        PriorityQueue<Waiting> queue = queues.get(source);
        Waiting next = queue == null ? null : queue.peek();
        return next != null && next.until() <= time;
    }

    /** The next session to look at now; null if there is none. */
    @Nullable
    public SessionKey due(int source, long time) {
        PriorityQueue<Waiting> queue = queues.get(source);
        while (queue != null && !queue.isEmpty() && queue.peek().until() <= time) {
            SessionKey key = queue.remove().key();
            if (sources.containsKey(key)) {
                return key;
            }
        }
        return null;
    }

    private PriorityQueue<Waiting> queue(int source) {
        return queues.computeIfAbsent(source, key -> new PriorityQueue<>(Comparator.comparingLong(Waiting::until)));
    }
}
