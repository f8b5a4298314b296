package io.callweave.topology.state;

import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/**
 * Tells whether the files of a store are damaged. A full disk, a missing permission and a lock of another process are no
 * damage: there, a new store would fail like the old one.
 */
public final class StoreDamage {

    /** RocksDB reports a file that should be there as an I/O error with the system's text. */
    private static final String FILE_IS_MISSING = "no such file";

    private StoreDamage() {}

    /** Looks at the failure and all of its causes. */
    public static boolean isIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RocksDBException rocksDb && isDamage(rocksDb)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDamage(RocksDBException failure) {
        Status status = failure.getStatus();
        if (status == null) {
            return false;
        }
        return switch (status.getCode()) {
            case Corruption -> true;
            case IOError ->
                String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains(FILE_IS_MISSING);
            default -> false;
        };
    }
}
