package io.callweave.topology.state;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Identity of a state's lifetime: it is as old as the state, so that readers can distinguish what comes from a state that was reset from
 * what came before, and is greater.
 */
public final class Epoch {

    private static final Bytes KEY = StoreKeys.of(StoreKeys.Kind.EPOCH);

    private Epoch() {}

    /**
     * The epoch of the state that this store is part of; a new state gets one.
     *
     * @param wallTime in milliseconds since the epoch of Unix
     */
    public static long of(KeyValueStore<Bytes, byte[]> store, long wallTime) {
        byte[] known = store.get(KEY);
        if (known == null) {
            store.put(KEY, new BinaryWriter(16).format().i64(wallTime).bytes());
            return wallTime;
        }
        BinaryReader in = new BinaryReader(known);
        in.format("An epoch");
        return in.i64();
    }
}
