package io.callweave.topology.state;

import java.lang.reflect.Field;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.internals.RocksDBStore;
import org.rocksdb.WriteOptions;

/**
 * The log of a RocksDB store. Kafka Streams turns it off, so a process that is killed loses all commits since RocksDB last wrote a
 * table, and reads them from the changelog again: those of hours, where little happens. With the log, which need not reach the
 * disk before the operating system writes it, a store has all commits of a process that was killed. A machine that loses its
 * power loses the last of them together with their offsets.
 */
final class WriteAheadLog {

    private WriteAheadLog() {}

    /**
     * Turns it on for what is written from now on. No option of Kafka Streams does that.
     *
     * @param store that is open
     */
    static void turnOn(StateStore store) {
        if (store instanceof RocksDBStore rocksDb) {
            try {
                Field options = RocksDBStore.class.getDeclaredField("wOptions");
                options.setAccessible(true);
                ((WriteOptions) options.get(rocksDb)).setDisableWAL(false);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("This version of Kafka Streams writes to RocksDB in another way.", e);
            }
        }
    }
}
