package io.callweave.topology.state;

import io.callweave.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/**
 * The folder of one RocksDB store.
 *
 * @param folder where its files lie
 * @param damagedStores where a damaged store is moved to; only the last one is kept, so that damage cannot fill the disk
 */
record StoreFiles(Path folder, Path damagedStores) {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Where Kafka Streams puts the RocksDB stores of a task. */
    private static final String ROCKSDB = "rocksdb";

    /**
     * Those of a task's store.
     *
     * @param task the folder of the task, which lies in the folder of the application
     */
    static StoreFiles of(Path task, String store) {
        Path application = task.toAbsolutePath().getParent();
        if (application == null) {
            throw new IllegalArgumentException("The folder of a task lies in that of the application: " + task);
        }
        // Kafka Streams takes only names such as 0_1 for tasks, and leaves this one alone.
        return new StoreFiles(task.toAbsolutePath().resolve(ROCKSDB).resolve(store), application.resolve("damaged"));
    }

    /**
     * Reads table files and compares their checksums. RocksDB does so only when a block is read, and then Kafka Streams'
     * iterators take a damaged block for the end of the store.
     *
     * @param tables those that are complete; one that is gone by now is left out
     * @throws RocksDBException if a file is damaged
     */
    static void verify(List<Path> tables) throws RocksDBException {
        for (Path table : tables) {
            try (Options options = new Options();
                    SstFileReader reader = new SstFileReader(options)) {
                reader.open(table.toString());
                reader.verifyChecksum();
            } catch (RocksDBException e) {
                // RocksDB may have merged it into another one meanwhile.
                if (Files.exists(table)) {
                    throw e;
                }
            }
        }
    }

    /** The table files that are there now. */
    List<Path> tables() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Moves the store out of the way.
     *
     * @return where it is now
     */
    Path moveAside(String task, Instant now) throws IOException {
        synchronized (StoreFiles.class) {
            PrivateFiles.folder(damagedStores);
            try (Stream<Path> older = Files.list(damagedStores)) {
                for (Path each : older.toList()) {
                    delete(each);
                }
            }
            Path target = damagedStores.resolve(task + "-" + folder.getFileName() + "-" + TIME.format(now));
            return Files.move(folder, target);
        }
    }

    /** Deletes the store. */
    void delete() {
        try {
            delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
