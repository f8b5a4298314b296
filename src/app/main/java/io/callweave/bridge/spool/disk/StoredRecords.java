package io.callweave.bridge.spool.disk;

import io.callweave.bridge.RawRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads single records by their numbers. When the first of them cannot be read, all files are copied to the quarantine. */
public final class StoredRecords {

    private static final Logger LOG = LoggerFactory.getLogger(StoredRecords.class);

    private final RocksDbFiles files;
    private boolean quarantined;

    /** A record with its number. */
    public record Entry(long number, long takenAtMs, RawRecord raw, long bytes) {}

    StoredRecords(RocksDbFiles files) {
        this.files = files;
    }

    /** Null if it cannot be read. */
    @Nullable
    Entry entry(@Nullable RocksDB store, long number) {
        byte[] stored = bytes(store, number);
        if (stored == null) {
            return null;
        }
        try {
            RecordCodec.Stored decoded = RecordCodec.decode(stored);
            return new Entry(number, decoded.takenAtMs(), decoded.raw(), stored.length);
        } catch (IOException e) {
            quarantineOnce(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** As it is on disk; null if it cannot be read. */
    byte @Nullable [] bytes(@Nullable RocksDB store, long number) {
        if (store == null) {
            quarantineOnce("it is not open");
            return null;
        }
        try {
            byte[] stored = store.get(key(number));
            if (stored == null) {
                quarantineOnce("a record is missing");
            }
            return stored;
        } catch (RocksDBException e) {
            quarantineOnce(String.valueOf(e.getMessage()));
            return null;
        }
    }

    static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    private void quarantineOnce(String why) {
        if (quarantined) {
            return;
        }
        quarantined = true;
        try {
            files.quarantine(why);
        } catch (IOException e) {
            LOG.atError().log("The damaged spool cannot be copied: {}", e.getMessage());
        }
    }
}
