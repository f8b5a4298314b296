package io.callweave.bridge.spool;

import io.callweave.bridge.RawRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue on disk: records under consecutive numbers, appended with one flush to the disk for many, removed from the
 * front. Checksums are RocksDB's. For one thread; what it tells of its size can be read by all.
 */
final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** RocksDB has to write for what it deletes, too, so the disk is not filled to its end. */
    private static final long RESERVE_BYTES = 64 << 20;

    /** A small disk keeps less of itself free. */
    private static final int RESERVE_PART = 8;

    /** After this many records their files are let go of. */
    private static final long FORGET_EVERY = 10_000;

    private static final long RETRY_NANOS = 1_000_000_000;

    private final RocksDbFiles files;
    private final SpoolCounters counters;
    private final LongSupplier usableBytes;
    private final long reserveBytes;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private RocksDbFiles.@Nullable Opened opened;
    private boolean quarantined;
    private boolean failed;
    private long retriedAt;
    private long forgotten;
    private volatile long head;
    private volatile long tail;
    private volatile long bytes;
    private volatile long oldestAtMs;
    private volatile boolean writable = true;

    /** A record with its number. */
    record Entry(long number, long takenAtMs, RawRecord raw, long bytes) {}

    /**
     * What was read.
     *
     * @param next the number to go on with
     */
    record Portion(List<Entry> entries, long next) {}

    /**
     * Opens what is there, or begins anew.
     *
     * @throws SpoolException if the folder cannot be used
     */
    static Spool open(Path directory, SpoolCounters counters, @Nullable LongSupplier usableBytes) {
        try {
            Files.createDirectories(directory);
            FileStore disk = Files.getFileStore(directory);
            LongSupplier usable = usableBytes == null ? () -> usable(disk) : usableBytes;
            long reserve = Math.min(RESERVE_BYTES, disk.getTotalSpace() / RESERVE_PART);
            return new Spool(new RocksDbFiles(directory, counters), counters, usable, reserve);
        } catch (IOException | RocksDBException e) {
            throw new SpoolException(
                    "The spool in " + directory + " (bridge.spool.dir) cannot be used: " + e.getMessage() + ".", e);
        }
    }

    private Spool(RocksDbFiles files, SpoolCounters counters, LongSupplier usableBytes, long reserveBytes)
            throws RocksDBException, IOException {
        this.files = files;
        this.counters = counters;
        this.usableBytes = usableBytes;
        this.reserveBytes = reserveBytes;
        opened = files.open();
        try {
            findEnds(opened.store());
        } catch (RocksDBException e) {
            files.quarantine(String.valueOf(e.getMessage()));
            opened.close();
            files.deleteAll();
            opened = files.open();
        }
        countBytes();
        checkRoom();
    }

    /** The number of the first record. */
    long head() {
        return head;
    }

    /** The number that the next record gets. */
    long tail() {
        return tail;
    }

    long depth() {
        return tail - head;
    }

    long bytes() {
        return bytes;
    }

    /** When the first record was taken, in milliseconds since the epoch; 0 if there is none. */
    long oldestAtMs() {
        return depth() == 0 ? 0 : oldestAtMs;
    }

    /** Whether the disk takes more, as far as is known. */
    boolean isWritable() {
        return writable;
    }

    /**
     * Returns when all of them are on the disk itself.
     *
     * @throws IOException if they are not; then none of them will be given out later
     */
    void append(List<byte[]> records, long takenAtMs) throws IOException {
        if (!checkRoom()) {
            throw new IOException("less than " + reserveBytes + " bytes are free on the disk");
        }
        long added = 0;
        try (WriteBatch batch = new WriteBatch()) {
            long number = tail;
            for (byte[] each : records) {
                batch.put(key(number), each);
                added += each.length;
                number++;
            }
            store().write(synced, batch);
        } catch (RocksDBException e) {
            fail(e);
            throw new IOException(e.getMessage(), e);
        }
        if (depth() == 0) {
            oldestAtMs = takenAtMs;
        }
        long newBytes = bytes + added; // only this thread writes
        long newTail = tail + records.size();
        bytes = newBytes;
        tail = newTail;
    }

    /** Up to so many records from a number on; what cannot be read is left out, counted and said. */
    Portion read(long from, int most) {
        List<Entry> entries = new ArrayList<>();
        long to = opened == null ? from : Math.min(tail, from + most);
        int unreadable = 0;
        for (long number = from; number < to; number++) {
            Entry entry = entry(number);
            if (entry == null) {
                unreadable++;
            } else {
                entries.add(entry);
            }
        }
        if (unreadable > 0) {
            counters.count(SpoolMetric.CORRUPT, unreadable);
            LOG.atError()
                    .addKeyValue("records", unreadable)
                    .addKeyValue("from", from)
                    .addKeyValue("to", to)
                    .log("Records of the spool cannot be read. What can be found of them is in the quarantine.");
        }
        return new Portion(entries, to);
    }

    /** Removes all records below a number. They may come back if the machine, not just the process, fails now. */
    void removeBelow(long number, long removedBytes) {
        head = number;
        bytes = depth() == 0 ? 0 : Math.max(0, bytes - removedBytes);
        try {
            if (!failed) {
                store().deleteRange(unsynced, key(0), key(number));
                forgetFiles(store(), number);
            }
        } catch (RocksDBException e) {
            fail(e);
        }
    }

    /** The first record is known without being read. */
    void oldestAt(long takenAtMs) {
        oldestAtMs = takenAtMs;
    }

    /** Looks whether the disk has room again, and opens the store anew after it failed. To be called now and then. */
    void recover() {
        long now = System.nanoTime();
        if (now - retriedAt < RETRY_NANOS) {
            return;
        }
        retriedAt = now;
        if (failed && (depth() == 0 || usableBytes.getAsLong() >= reserveBytes)) {
            reopen();
        }
        checkRoom();
    }

    @Override
    public void close() {
        closeStore();
        synced.close();
        unsynced.close();
    }

    /** After a failed write RocksDB writes no more until it is opened again. Reading goes on meanwhile. */
    private void fail(RocksDBException e) {
        failed = true;
        writable = false;
        LOG.atError().log("The spool cannot be written, so there is no room for more until it can: {}", e.getMessage());
    }

    private void reopen() {
        try {
            closeStore();
            if (depth() == 0) {
                files.deleteAll();
            }
            opened = files.open();
            // What was refused may have reached the log; what was removed may have come back.
            store().deleteRange(synced, key(tail), key(Long.MAX_VALUE));
            store().deleteRange(synced, key(0), key(head));
            failed = false;
            LOG.atWarn().log("The spool can be written again.");
        } catch (RocksDBException | IOException e) {
            LOG.atError().log("The spool still cannot be written: {}", e.getMessage());
        }
    }

    private void closeStore() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }

    private RocksDB store() throws RocksDBException {
        if (opened == null) {
            throw new RocksDBException("it is not open");
        }
        return opened.store();
    }

    private boolean checkRoom() {
        writable = !failed && usableBytes.getAsLong() >= reserveBytes;
        return writable;
    }

    private static long usable(FileStore disk) {
        try {
            return disk.getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    private void forgetFiles(RocksDB store, long number) throws RocksDBException {
        if (number - forgotten >= FORGET_EVERY || depth() == 0) {
            store.deleteFilesInRanges(store.getDefaultColumnFamily(), List.of(key(0), key(number)), false);
            forgotten = number;
        }
    }

    private void findEnds(RocksDB store) throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                RocksIterator iterator = store.newIterator(options)) {
            iterator.seekToFirst();
            iterator.status();
            if (iterator.isValid()) {
                head = number(iterator.key());
                iterator.seekToLast();
                iterator.status();
                tail = number(iterator.key()) + 1;
            }
        }
    }

    private void countBytes() {
        long sum = 0;
        for (long number = head; number < tail; number++) {
            byte[] stored = stored(number);
            sum += stored == null ? 0 : stored.length;
        }
        bytes = sum;
        Entry first = null;
        for (long number = head; first == null && number < tail; number++) {
            first = entry(number);
        }
        oldestAtMs = first == null ? 0 : first.takenAtMs();
    }

    private @Nullable Entry entry(long number) {
        byte[] stored = stored(number);
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

    private byte @Nullable [] stored(long number) {
        try {
            byte[] stored = store().get(key(number));
            if (stored == null) {
                quarantineOnce("a record is missing");
            }
            return stored;
        } catch (RocksDBException e) {
            quarantineOnce(String.valueOf(e.getMessage()));
            return null;
        }
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

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }
}
