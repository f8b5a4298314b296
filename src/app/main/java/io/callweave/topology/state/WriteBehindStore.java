package io.callweave.topology.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that keeps what is put in memory until Kafka Streams prepares a commit, and then writes the last value of each key,
 * to RocksDB and to the changelog. Within one commit the events of a call change the same entries again and again. Kafka
 * Streams asks for it before it sends the rest of the transaction and its offsets; what was not written when a task closes is
 * of a transaction that is aborted, so it is dropped.
 */
public final class WriteBehindStore extends ForwardingStore implements CachedStateStore<Bytes, byte[]> {

    /** About what an entry takes beside its value: key, objects and a place in a map. */
    private static final int ENTRY_BYTES = 160;

    private final KeyValueStore<Bytes, byte[]> store;
    private final long mostBytes;
    private final Map<Bytes, byte @Nullable []> unwritten = new LinkedHashMap<>();
    private @Nullable StateStoreContext context;
    private @Nullable Runnable beforeCommit;
    private long bytes;

    /**
     * Keeps nothing yet.
     *
     * @param store that writes at once
     * @param mostBytes if more waits, it is written without waiting for the commit
     */
    WriteBehindStore(KeyValueStore<Bytes, byte[]> store, long mostBytes) {
        super(store);
        this.store = store;
        this.mostBytes = mostBytes;
    }

    @Override
    public void init(StateStoreContext given, StateStore root) {
        // The processor of the task that is begun asks again.
        clearCache();
        context = given;
        super.init(given, root);
    }

    /**
     * Has work done before the store writes for a commit, on the stream thread: who puts can wait for it, too, and make each
     * value once.
     *
     * @param store as a processor is given it
     * @param work puts what has waited
     * @return whether it will be done: the store is one of these
     */
    public static boolean beforeCommit(KeyValueStore<Bytes, byte[]> store, Runnable work) {
        StateStore inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> wrapper) {
            inner = wrapper.wrapped();
        }
        if (inner instanceof WriteBehindStore behind) {
            behind.beforeCommit = work;
            return true;
        }
        return false;
    }

    @Override
    public void flushCache() {
        // Without a record context nothing was processed, and a changelog takes nothing. What a processor put when it
        // was made waits for the first commit of what it does.
        if (context != null && context.recordMetadata().isPresent()) {
            if (beforeCommit != null) {
                beforeCommit.run();
            }
            write();
        }
    }

    /** Kafka Streams asks for it when a task becomes a standby, or active, without closing its stores: the processor has ended. */
    @Override
    public void clearCache() {
        forget();
        beforeCommit = null;
    }

    private void forget() {
        unwritten.clear();
        bytes = 0;
    }

    /** No processor listens to the changes of this store. */
    @Override
    public boolean setFlushListener(CacheFlushListener<Bytes, byte[]> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public void close() {
        clearCache();
        super.close();
    }

    private void write() {
        unwritten.forEach(store::put);
        forget();
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        byte[] waiting = unwritten.get(key);
        return waiting != null || unwritten.containsKey(key) ? waiting : super.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        byte[] before = unwritten.put(key, value);
        bytes += length(value) - length(before);
        if (bytes + (long) ENTRY_BYTES * unwritten.size() > mostBytes) {
            write();
        }
    }

    private static int length(byte @Nullable [] value) {
        return value == null ? 0 : value.length;
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte[] known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte[] known = get(key);
        put(key, null);
        return known;
    }

    // Scans are rare, so they need not go through two places: what waits is written first.

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        write();
        return super.range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        write();
        return super.reverseRange(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        write();
        return super.all();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> reverseAll() {
        write();
        return super.reverseAll();
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
        write();
        return super.prefixScan(prefix, serializer);
    }
}
