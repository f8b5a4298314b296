package io.callweave.explain.replay;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A store for a {@link StageReplay}, without Kafka Streams. Streams' own store in memory copies all keys of a range
 * before it returns the first one, and the due queue reads only the first of many.
 */
public final class MemoryStore implements KeyValueStore<Bytes, byte[]> {

    private final String name;
    private final NavigableMap<Bytes, byte[]> entries = new ConcurrentSkipListMap<>();

    public MemoryStore(String name) {
        this.name = name;
    }

    @Override
    @SuppressWarnings("NullAway") // Kafka's interface is not annotated: null is "no entry".
    public byte @Nullable [] get(Bytes key) {
        return entries.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // As above.
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> all) {
        all.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    @SuppressWarnings("NullAway") // As above.
    public byte @Nullable [] delete(Bytes key) {
        return entries.remove(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        NavigableMap<Bytes, byte[]> range = from == null ? entries : entries.tailMap(from, true);
        return new Entries(
                (to == null ? range : range.headMap(to, true)).entrySet().iterator());
    }

    @Override
    public <P extends Serializer<K>, K> KeyValueIterator<Bytes, byte[]> prefixScan(K prefix, P serializer) {
        byte[] begin = serializer.serialize(name, prefix);
        return new Entries(entries.tailMap(Bytes.wrap(begin), true).entrySet().stream()
                .takeWhile(entry -> startsWith(entry.getKey().get(), begin))
                .iterator());
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        return new Entries(entries.entrySet().iterator());
    }

    private static boolean startsWith(byte[] key, byte[] begin) {
        return key.length >= begin.length && Arrays.equals(key, 0, begin.length, begin, 0, begin.length);
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        // It needs no initialization.
    }

    @Override
    public void close() {
        // It uses only memory.
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** Entries in order of their keys. Entries that are put during the iteration may or may not appear. */
    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {

        private final Iterator<Map.Entry<Bytes, byte[]>> iterator;
        private Map.@Nullable Entry<Bytes, byte[]> peeked;

        Entries(Iterator<Map.Entry<Bytes, byte[]>> iterator) {
            this.iterator = iterator;
        }

        @Override
        public boolean hasNext() {
            return peeked != null || iterator.hasNext();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            Map.Entry<Bytes, byte[]> next = peek();
            peeked = null;
            return KeyValue.pair(next.getKey(), next.getValue());
        }

        @Override
        public Bytes peekNextKey() {
            return peek().getKey();
        }

        private Map.Entry<Bytes, byte[]> peek() {
            if (peeked == null) {
                if (!iterator.hasNext()) {
                    throw new NoSuchElementException();
                }
                peeked = iterator.next();
            }
            return peeked;
        }

        @Override
        public void close() {
            // There is nothing to release.
        }
    }
}
