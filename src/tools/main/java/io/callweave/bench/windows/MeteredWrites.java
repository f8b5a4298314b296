package io.callweave.bench.windows;

import io.callweave.topology.state.ForwardingStore;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Wraps a store and reports every write to a {@link WindowMeter}. */
final class MeteredWrites extends ForwardingStore {

    private final WindowMeter meter;

    MeteredWrites(KeyValueStore<Bytes, byte[]> store, WindowMeter meter) {
        super(store);
        this.meter = meter;
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
        meter.written(key, value);
        super.put(key, value);
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte @Nullable [] before = super.putIfAbsent(key, value);
        if (before == null) {
            meter.written(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> all) {
        all.forEach(entry -> meter.written(entry.key, entry.value));
        super.putAll(all);
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
        meter.written(key, null);
        return super.delete(key);
    }
}
