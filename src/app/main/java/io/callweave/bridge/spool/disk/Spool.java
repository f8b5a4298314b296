package io.callweave.bridge.spool.disk;

import io.callweave.files.FileFault;
import io.callweave.files.PrivateFiles;
import io.callweave.meter.Metric;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
 * front. Checksums are RocksDB's. For one thread; any thread can read its size.
 */
public final class Spool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** After this many records their files are deleted. */
    private static final long FORGET_EVERY = 10_000;

    /** Holds all that comes before the account. */
    private static final int BEGINNING = 4 << 10;

    private static final long RETRY_NANOS = 1_000_000_000;

    private final RocksDbFiles files;
    private final SpoolCounters counters;
    private final DiskRoom room;
    private final StoredRecords records;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteOptions unsynced = new WriteOptions();
    private final Map<String, Long> bytesOf = new ConcurrentHashMap<>();
    private RocksDbFiles.@Nullable Opened opened;
    private boolean failed;
    private long retriedAt;
    private long forgotten;
    private long largestAtStart;
    private volatile long head;
    private volatile long tail;
    private volatile long bytes;
    private volatile long oldestAtMs;
    private volatile boolean writable = true;

    /**
     * What was read.
     *
     * @param next the number to go on with
     */
    public record Portion(List<StoredRecords.Entry> entries, long next) {}

    /**
     * Opens the existing store, or a new one.
     *
     * @throws SpoolException if the folder cannot be used
     */
    public static Spool open(Path directory, SpoolCounters counters, @Nullable LongSupplier usableBytes) {
        try {
            PrivateFiles.folder(directory);
            return new Spool(new RocksDbFiles(directory, counters), counters, DiskRoom.on(directory, usableBytes));
        } catch (IOException e) {
            throw unusable(directory, FileFault.folder(e), e);
        } catch (RocksDBException e) {
            if (String.valueOf(e.getMessage()).contains("/LOCK")) {
                throw new SpoolException(
                        "bridge.spool.dir is " + directory
                                + ", which another bridge uses; stop that bridge, or give each"
                                + " bridge a bridge.spool.dir of its own.",
                        e);
            }
            throw unusable(directory, FileFault.folder(new IOException(e.getMessage(), e)), e);
        }
    }

    private static SpoolException unusable(Path directory, String reason, Exception cause) {
        return new SpoolException(
                "bridge.spool.dir is " + directory + ", which cannot be used: " + reason
                        + "; set it to a folder that this user may write to.",
                cause);
    }

    private Spool(RocksDbFiles files, SpoolCounters counters, DiskRoom room) throws RocksDBException, IOException {
        this.files = files;
        this.counters = counters;
        this.room = room;
        records = new StoredRecords(files);
        opened = files.open();
        try {
            findEnds(opened.store());
        } catch (RocksDBException e) {
            files.quarantine(String.valueOf(e.getMessage()));
            opened.close();
            files.deleteAll();
            opened = files.open();
        }
        countBytes(opened.store());
        checkRoom();
    }

    /** The number of the first record. */
    public long head() {
        return head;
    }

    /** The number that the next record gets. */
    public long tail() {
        return tail;
    }

    public long depth() {
        return tail - head;
    }

    public long bytes() {
        return bytes;
    }

    /** Those of an account. */
    public long bytesOf(String account) {
        return bytesOf.getOrDefault(account, 0L);
    }

    /** The bytes of the largest record that there was when it was opened. */
    public long largestAtStart() {
        return largestAtStart;
    }

    /** When the first record was taken, in milliseconds since the epoch; 0 if there is none. */
    public long oldestAtMs() {
        return depth() == 0 ? 0 : oldestAtMs;
    }

    /** Whether the disk takes more, as far as is known. */
    public boolean isWritable() {
        return writable;
    }

    /**
     * Returns when all of them are on the disk itself.
     *
     * @throws IOException if they are not; then none of them will be returned later
     */
    public void append(List<byte[]> added, long takenAtMs) throws IOException {
        if (!checkRoom()) {
            throw new IOException("less than " + room.reserveBytes() + " bytes are free on the disk");
        }
        try (WriteBatch batch = new WriteBatch()) {
            long number = tail;
            for (byte[] each : added) {
                batch.put(StoredRecords.key(number), each);
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
        added.forEach(each -> count(RecordCodec.account(ByteBuffer.wrap(each)), each.length));
        long newTail = tail + added.size(); // only this thread writes
        tail = newTail;
    }

    /**
     * Reads some records from a number on. Those that cannot be read are left out, counted and logged.
     *
     * @param most records
     * @param mostBytes with which no further one is read
     */
    public Portion read(long from, int most, long mostBytes) {
        List<StoredRecords.Entry> entries = new ArrayList<>();
        RocksDB store = opened == null ? null : opened.store();
        long to = store == null ? from : Math.min(tail, from + most);
        int unreadable = 0;
        long read = 0;
        long next = from;
        while (next < to && read < mostBytes) {
            StoredRecords.Entry entry = records.entry(store, next);
            next++;
            if (entry == null) {
                unreadable++;
            } else {
                entries.add(entry);
                read += entry.bytes();
            }
        }
        if (unreadable > 0) {
            counters.count(Metric.SPOOL_CORRUPT, unreadable);
            LOG.atError()
                    .addKeyValue("records", unreadable)
                    .addKeyValue("from", from)
                    .addKeyValue("to", next)
                    .log("Records of the spool cannot be read. What can be found of them is in the quarantine.");
        }
        return new Portion(entries, next);
    }

    /**
     * Removes all records below a number. They may come back if the machine, not just the process, fails now.
     *
     * @param removed those of them that could be read
     */
    public void removeBelow(long number, List<StoredRecords.Entry> removed) {
        head = number;
        removed.forEach(each -> count(each.raw().account(), -each.bytes()));
        if (depth() == 0) {
            bytes = 0;
            bytesOf.clear();
        }
        try {
            if (!failed) {
                store().deleteRange(unsynced, StoredRecords.key(0), StoredRecords.key(number));
                forgetFiles(store(), number);
            }
        } catch (RocksDBException e) {
            fail(e);
        }
    }

    /** The first record is known without being read. */
    public void oldestAt(long takenAtMs) {
        oldestAtMs = takenAtMs;
    }

    /** Looks whether the disk has room again, and opens the store again after a failure. To be called from time to time. */
    public void recover() {
        long now = System.nanoTime();
        if (now - retriedAt < RETRY_NANOS) {
            return;
        }
        retriedAt = now;
        if (failed && (depth() == 0 || room.isThere())) {
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
            store().deleteRange(synced, StoredRecords.key(tail), StoredRecords.key(Long.MAX_VALUE));
            store().deleteRange(synced, StoredRecords.key(0), StoredRecords.key(head));
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
        writable = !failed && room.isThere();
        return writable;
    }

    private void forgetFiles(RocksDB store, long number) throws RocksDBException {
        if (number - forgotten >= FORGET_EVERY || depth() == 0) {
            store.deleteFilesInRanges(
                    store.getDefaultColumnFamily(), List.of(StoredRecords.key(0), StoredRecords.key(number)), false);
            forgotten = number;
        }
    }

    private void findEnds(RocksDB store) throws RocksDBException {
        try (ReadOptions options = new ReadOptions();
                RocksIterator iterator = store.newIterator(options)) {
            iterator.seekToFirst();
            iterator.status();
            if (iterator.isValid()) {
                head = StoredRecords.number(iterator.key());
                iterator.seekToLast();
                iterator.status();
                tail = StoredRecords.number(iterator.key()) + 1;
            }
        }
    }

    private void countBytes(RocksDB store) {
        ByteBuffer beginning = ByteBuffer.allocateDirect(BEGINNING);
        try (ReadOptions options = new ReadOptions().setFillCache(false);
                RocksIterator iterator = store.newIterator(options)) {
            iterator.seek(StoredRecords.key(head));
            for (long number = head; number < tail; number++) {
                if (iterator.isValid() && StoredRecords.number(iterator.key()) == number) {
                    beginning.clear();
                    int size = iterator.value(beginning);
                    count(RecordCodec.account(beginning), size);
                    largestAtStart = Math.max(largestAtStart, size);
                    iterator.next();
                } else {
                    byte[] stored = records.bytes(store, number); // says so, and keeps a copy
                    if (stored != null) {
                        count(RecordCodec.account(ByteBuffer.wrap(stored)), stored.length);
                    }
                    iterator.seek(StoredRecords.key(number + 1));
                }
            }
        }
        StoredRecords.Entry first = null;
        for (long number = head; first == null && number < tail; number++) {
            first = records.entry(store, number);
        }
        oldestAtMs = first == null ? 0 : first.takenAtMs();
    }

    private void count(String account, long more) {
        bytes = Math.max(0, bytes + more); // only this thread writes
        bytesOf.compute(account, (same, before) -> {
            long now = (before == null ? 0 : before) + more;
            return now > 0 ? now : null;
        });
    }
}
