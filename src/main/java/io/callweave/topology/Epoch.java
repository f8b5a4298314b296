package io.callweave.topology;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Identity of a state's lifetime: it is as old as the state, so that what comes from a state that was reset can be told from
 * what came before, and is greater.
 */
final class Epoch {

    private static final Bytes KEY = StoreKeys.of(StoreKeys.Kind.EPOCH);

    private static final int VERSION = 1;

    private Epoch() {}

    /**
     * The epoch of the state that this store is part of; a new state gets one.
     *
     * @param wallTime in milliseconds since the epoch of Unix
     */
    static long of(KeyValueStore<Bytes, byte[]> store, long wallTime) {
        byte[] known = store.get(KEY);
        if (known == null) {
            store.put(KEY, new BinaryWriter(16).u8(VERSION).i64(wallTime).bytes());
            return wallTime;
        }
        BinaryReader in = new BinaryReader(known);
        in.version(VERSION, "An epoch");
        return in.i64();
    }
}
