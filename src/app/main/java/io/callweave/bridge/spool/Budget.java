package io.callweave.bridge.spool;

import io.callweave.bridge.DurableSink.Kept;
import java.util.function.LongSupplier;

/**
 * Room for records: in memory until they are safe, and on disk, reserved from the beginning because they may have to go there.
 * Thread-safe.
 */
final class Budget {

    /** A record of usual size. */
    private static final long USUAL_BYTES = 4 << 10;

    private final SpoolSettings settings;
    private final LongSupplier onDisk;
    private long bytes;
    private int records;

    /** The largest record that found no room since there was room for it. */
    private long wanted = USUAL_BYTES;

    Budget(SpoolSettings settings, LongSupplier onDisk) {
        this.settings = settings;
        this.onDisk = onDisk;
    }

    /** Reserves room for a record: KEPT, or the reason why there is none. */
    synchronized Kept take(long size) {
        if (size > settings.maxBytes()) {
            return Kept.TOO_LARGE;
        }
        if (!fits(size)) {
            wanted = Math.max(wanted, size);
            return Kept.NO_ROOM;
        }
        if (records >= settings.inFlightRecords() || (records > 0 && bytes + size > settings.inFlightBytes())) {
            return Kept.BUSY;
        }
        bytes += size;
        records++;
        return Kept.KEPT;
    }

    /** Whether a record of usual size finds no room on disk, or one as large as the last that found none. */
    synchronized boolean isFull() {
        if (!fits(wanted)) {
            return true;
        }
        wanted = USUAL_BYTES;
        return false;
    }

    synchronized void giveBack(long size) {
        bytes -= size;
        records--;
    }

    synchronized int records() {
        return records;
    }

    private boolean fits(long size) {
        return onDisk.getAsLong() + bytes + size <= settings.maxBytes();
    }
}
