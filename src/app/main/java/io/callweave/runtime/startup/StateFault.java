package io.callweave.runtime.startup;

import java.nio.file.AccessDeniedException;
import java.util.Locale;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What is wrong with the folder of the local state, where it is nothing that can be restored from Kafka. */
public final class StateFault {

    private StateFault() {}

    /** One sentence with what to do; nothing if the failure is another one. */
    public static Optional<String> sentence(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (isNoSpace(cause) || text.contains("no space left on device") || text.contains("disk quota exceeded")) {
                return Optional.of(
                        "The disk of state.dir is full. Free some space on it, or set state.dir to another disk; "
                                + "local state is restored from Kafka.");
            }
            if (cause instanceof AccessDeniedException || text.contains("permission denied")) {
                return Optional.of("This user may not write to state.dir. Give the user of this process read and write"
                        + " permission on all of it: " + cause.getMessage());
            }
            if (text.contains("read-only file system")) {
                return Optional.of(
                        "The disk of state.dir is read-only. Mount it for writing, or set state.dir to another"
                                + " disk; local state is restored from Kafka.");
            }
            if (text.contains("while lock file")) {
                return Optional.of(
                        "Another process uses the state in state.dir. Stop it, or give each instance a state.dir"
                                + " of its own: " + cause.getMessage());
            }
        }
        return Optional.empty();
    }

    private static boolean isNoSpace(Throwable failure) {
        return failure instanceof RocksDBException rocksDb
                && rocksDb.getStatus() != null
                && rocksDb.getStatus().getSubCode() == Status.SubCode.NoSpace;
    }
}
