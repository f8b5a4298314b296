package io.callweave.bridge.spool;

import java.util.function.LongSupplier;

/**
 * Room for records: in memory until they are safe, and from the beginning also on disk, where they may have to go. Thread-safe.
 */
final class Budget {

    private final SpoolSettings settings;
    private final LongSupplier onDisk;
    private long bytes;
    private int records;

    Budget(SpoolSettings settings, LongSupplier onDisk) {
        this.settings = settings;
        this.onDisk = onDisk;
    }

    synchronized boolean take(long size) {
        if (!hasRoom(size)) {
            return false;
        }
        bytes += size;
        records++;
        return true;
    }

    synchronized boolean hasRoom(long size) {
        return records < settings.inFlightRecords()
                && (records == 0 || bytes + size <= settings.inFlightBytes())
                && onDisk.getAsLong() + bytes + size <= settings.maxBytes();
    }

    synchronized void giveBack(long size) {
        bytes -= size;
        records--;
    }

    synchronized int records() {
        return records;
    }
}
