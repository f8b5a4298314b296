package io.callweave.topology.state;

import io.callweave.explain.replay.MemoryStore;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** A store in memory that counts what is done with it. */
public final class CountingStore extends ForwardingStore {

    private Count count = new Count(0, 0, 0, 0);

    /**
     * What was done.
     *
     * @param bytes of keys and values that were written
     */
    public record Count(int gets, int puts, int scans, long bytes) {

        public Count plus(Count other) {
            return new Count(gets + other.gets, puts + other.puts, scans + other.scans, bytes + other.bytes);
        }
    }

    public CountingStore(String name) {
        super(new MemoryStore(name));
    }

    /** What was done since this was last asked. */
    public Count take() {
        Count taken = count;
        count = new Count(0, 0, 0, 0);
        return taken;
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
        count = count.plus(new Count(1, 0, 0, 0));
        return super.get(key);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        count = count.plus(new Count(0, 1, 0, key.get().length + (value == null ? 0 : value.length)));
        if (value == null) {
            super.delete(key);
        } else {
            super.put(key, value);
        }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte @Nullable [] known = get(key);
        if (known == null) {
            put(key, value);
        }
        return known;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    /** Kafka Streams' stores read what they delete. */
    @Override
    public byte @Nullable [] delete(Bytes key) {
        byte @Nullable [] known = get(key);
        put(key, null);
        return known;
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        count = count.plus(new Count(0, 0, 1, 0));
        return super.range(from, to);
    }

    @Override
    public <P extends Serializer<K>, K> KeyValueIterator<Bytes, byte[]> prefixScan(K prefix, P serializer) {
        count = count.plus(new Count(0, 0, 1, 0));
        return super.prefixScan(prefix, serializer);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        count = count.plus(new Count(0, 0, 1, 0));
        return super.all();
    }
}
