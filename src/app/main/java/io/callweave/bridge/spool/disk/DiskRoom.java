package io.callweave.bridge.spool.disk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Whether the disk takes more. A part of it stays free, because RocksDB has to write for what it deletes, too. */
final class DiskRoom {

    private static final long RESERVE_BYTES = 64 << 20;

    /** A small disk keeps less of itself free. */
    private static final int RESERVE_PART = 8;

    private final LongSupplier usableBytes;
    private final long reserveBytes;

    private DiskRoom(LongSupplier usableBytes, long reserveBytes) {
        this.usableBytes = usableBytes;
        this.reserveBytes = reserveBytes;
    }

    /** @param usableBytes another measure of the free bytes than the disk's own; null for that one */
    static DiskRoom on(Path directory, @Nullable LongSupplier usableBytes) throws IOException {
        FileStore disk = Files.getFileStore(directory);
        return new DiskRoom(
                usableBytes == null ? () -> usable(disk) : usableBytes,
                Math.min(RESERVE_BYTES, disk.getTotalSpace() / RESERVE_PART));
    }

    boolean isThere() {
        return usableBytes.getAsLong() >= reserveBytes;
    }

    long reserveBytes() {
        return reserveBytes;
    }

    private static long usable(FileStore disk) {
        try {
            return disk.getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }
}
