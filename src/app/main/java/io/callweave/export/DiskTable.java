package io.callweave.export;

import io.callweave.files.LocalException;
import io.callweave.files.TemporaryDirectory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

/** A sorted table of bytes in a temporary directory, for what may not fit in memory. It is gone when it is closed. */
public final class DiskTable implements AutoCloseable {

    private static final long CACHE_BYTES = 32 << 20;
    private static final long WRITE_BUFFER_BYTES = 32 << 20;
    private static final int BLOCK_BYTES = 16 << 10;

    static {
        RocksDB.loadLibrary();
    }

    private final TemporaryDirectory directory = TemporaryDirectory.create("callweave-export-");
    private final LRUCache cache = new LRUCache(CACHE_BYTES);
    private final BloomFilter filter = new BloomFilter();
    private final Options options;

    /** What is lost in a crash is not looked for later. */
    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);

    private final RocksDB table;

    /**
     * Makes an empty table.
     *
     * @throws LocalException if the temporary directory cannot be written; one sentence
     */
    @SuppressWarnings("resource") // the setters return the options themselves
    public DiskTable() {
        options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setCacheIndexAndFilterBlocks(true)
                        // In small parts: whole ones do not fit the cache, and would be read for each key.
                        .setIndexType(IndexType.kTwoLevelIndexSearch)
                        .setPartitionFilters(true)
                        .setPinTopLevelIndexAndFilter(true)
                        .setFilterPolicy(filter));
        try {
            table = RocksDB.open(options, directory.path().toString());
        } catch (RocksDBException e) {
            directory.close();
            throw failed(e);
        }
    }

    /** Takes an entry. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {

        /** Returns whether to go on. */
        boolean take(byte[] key, byte[] value) throws E;
    }

    /** Puts a value in the place of the former one. */
    public void put(byte[] key, byte[] value) {
        try {
            table.put(unlogged, key, value);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** The value of a key; null if there is none. */
    public byte @Nullable [] get(byte[] key) {
        try {
            return table.get(key);
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    /** All entries with keys that begin so, sorted by their bytes. */
    public <E extends Exception> void scan(byte[] prefix, Taker<E> taker) throws E {
        scan(prefix, prefix, taker);
    }

    /**
     * The same from an entry on.
     *
     * @param from the first key, whether it is there or not
     */
    <E extends Exception> void scan(byte[] prefix, byte[] from, Taker<E> taker) throws E {
        try (RocksIterator entries = table.newIterator()) {
            for (entries.seek(from); entries.isValid(); entries.next()) {
                byte[] key = entries.key();
                boolean within =
                        key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
                if (!within || !taker.take(key, entries.value())) {
                    return;
                }
            }
            entries.status();
        } catch (RocksDBException e) {
            throw failed(e);
        }
    }

    private LocalException failed(RocksDBException e) {
        return new LocalException(
                "The temporary table in " + directory.path() + " cannot be used: " + e.getMessage()
                        + "; the variable CALLWEAVE_JAVA_OPTS=-Djava.io.tmpdir=… names another place.",
                e);
    }

    @Override
    public void close() {
        table.close();
        unlogged.close();
        options.close();
        filter.close();
        cache.close();
        directory.close();
    }
}
