package io.callweave.bridge.spool.disk;

import io.callweave.files.PrivateFiles;
import io.callweave.meter.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store on disk. It tries ways to read the log, the strictest first: all of it; without a torn tail, which a crash
 * leaves (its records were not acknowledged); without a place in the middle that cannot be read; and not at all. Before it leaves
 * out anything but a torn tail, or repairs {@code CURRENT}, it copies all files to the folder {@code quarantine}.
 */
final class RocksDbFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RocksDbFiles.class);

    private static final long CACHE_BYTES = 8 << 20;
    private static final long WRITE_BUFFER_BYTES = 8 << 20;
    private static final long LOG_BYTES = 32 << 20;
    private static final int RUNTIME_LOGS = 2;
    private static final long RUNTIME_LOG_BYTES = 1 << 20;

    static {
        RocksDB.loadLibrary();
    }

    private final Path store;
    private final Path quarantine;
    private final SpoolCounters counters;
    private boolean copied;

    RocksDbFiles(Path directory, SpoolCounters counters) {
        store = directory.resolve("queue");
        quarantine = directory.resolve("quarantine");
        this.counters = counters;
    }

    /** What has to be closed together, the store first. */
    record Opened(RocksDB store, Options options, LRUCache cache) implements AutoCloseable {
        @Override
        public void close() {
            store.close();
            options.close();
            cache.close();
        }
    }

    Opened open() throws RocksDBException, IOException {
        PrivateFiles.folder(store);
        copied = false;
        CurrentFile current = new CurrentFile(store);
        for (String manifest : current.candidates()) {
            copyOnce("the file CURRENT does not name a manifest");
            current.point(manifest);
            try {
                return openWhatIsThere();
            } catch (RocksDBException e) {
                throwUnlessCorrupt(e); // an older manifest may be whole
            }
        }
        try {
            return openWhatIsThere();
        } catch (RocksDBException e) {
            throwUnlessCorrupt(e);
            if (!copied) {
                throw e; // or the only copy would be deleted
            }
            LOG.atError()
                    .addKeyValue("spool", store)
                    .log(
                            "Nothing in the spool can be read: it starts empty. Its content is only in the quarantine: {}",
                            e.getMessage());
            deleteAll();
            return open(WALRecoveryMode.AbsoluteConsistency);
        }
    }

    private Opened openWhatIsThere() throws RocksDBException {
        try {
            return open(WALRecoveryMode.AbsoluteConsistency);
        } catch (RocksDBException e) {
            throwUnlessCorrupt(e);
        }
        try {
            Opened opened = open(WALRecoveryMode.TolerateCorruptedTailRecords);
            counters.count(Metric.SPOOL_TORN);
            LOG.atWarn()
                    .addKeyValue("spool", store)
                    .log(
                            "The spool's log ended in the middle of a record, as a crash leaves it. That tail is cut; it was not"
                                    + " answered yet.");
            return opened;
        } catch (RocksDBException e) {
            throwUnlessCorrupt(e);
            copyOnce(String.valueOf(e.getMessage()));
        }
        return open(WALRecoveryMode.SkipAnyCorruptedRecords);
    }

    /** What can be saved is worth more than a copy of what cannot: a bridge that does not start loses every call. */
    private void copyOnce(String why) {
        if (copied) {
            return;
        }
        try {
            quarantine(why);
            copied = true;
        } catch (IOException e) {
            LOG.atError()
                    .addKeyValue("spool", store)
                    .log("The spool is damaged: {}. No copy of its files could be made: {}", why, e.getMessage());
        }
    }

    /**
     * Keeps a copy of everything, and says so.
     *
     * @throws IOException if it cannot be made; then there is none, and not a part of it either
     */
    void quarantine(String why) throws IOException {
        counters.count(Metric.SPOOL_CORRUPT);
        PrivateFiles.folder(quarantine);
        Path copy = Files.createTempDirectory(quarantine, "queue-");
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(String.valueOf(file.getFileName())));
            }
        } catch (IOException e) {
            delete(copy);
            throw e;
        }
        LOG.atError()
                .addKeyValue("spool", store)
                .addKeyValue("copy", copy)
                .log(
                        "The spool is damaged: {}. A copy of its files is kept; what can be read of it goes to Kafka, the rest may"
                                + " be lost calls.",
                        why);
    }

    void deleteAll() throws IOException {
        delete(store);
        PrivateFiles.folder(store);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        }
    }

    private Opened open(WALRecoveryMode mode) throws RocksDBException {
        LRUCache cache = new LRUCache(CACHE_BYTES);
        Options options = options(mode, cache);
        try {
            return new Opened(RocksDB.open(options, store.toString()), options, cache);
        } catch (RocksDBException e) {
            options.close();
            cache.close();
            throw e;
        }
    }

    @SuppressWarnings("resource") // its setters return the options themselves
    private static Options options(WALRecoveryMode mode, LRUCache cache) {
        return new Options()
                .setCreateIfMissing(true)
                .setWalRecoveryMode(mode)
                .setParanoidChecks(true)
                .setMaxTotalWalSize(LOG_BYTES)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                // A full disk has to be opened, too: nothing is written then, and nothing reserved.
                .setAvoidFlushDuringRecovery(true)
                .setAllowFAllocate(false)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setKeepLogFileNum(RUNTIME_LOGS)
                .setMaxLogFileSize(RUNTIME_LOG_BYTES)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setCacheIndexAndFilterBlocks(true));
    }

    private static void throwUnlessCorrupt(RocksDBException e) throws RocksDBException {
        Status status = e.getStatus();
        if (status == null || status.getCode() != Status.Code.Corruption) {
            throw e;
        }
    }
}
