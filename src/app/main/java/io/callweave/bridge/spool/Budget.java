package io.callweave.bridge.spool;

import io.callweave.bridge.DurableSink.Kept;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Room for records: in memory until they are safe, and on disk, reserved from the beginning because they may have to go there.
 * Of several accounts, each can have half of what the others leave, or an equal part if that is more. So one cannot fill the
 * disk alone, and where all have what they can have, it is full. Thread-safe.
 */
final class Budget {

    /** A record of usual size. */
    private static final long USUAL_BYTES = 4 << 10;

    private final SpoolSettings settings;
    private final LongSupplier onDisk;
    private final ToLongFunction<String> onDiskOf;
    private final Map<String, Long> bytesOf = new HashMap<>();
    private int accounts = 1;
    private long bytes;
    private int records;

    /** The largest record that found no room since there was room for it. */
    private long wanted;

    /**
     * Nothing is in memory.
     *
     * @param onDiskOf the bytes of an account
     * @param largest record on disk: what found no room before this start was probably as large
     */
    Budget(SpoolSettings settings, LongSupplier onDisk, ToLongFunction<String> onDiskOf, long largest) {
        this.settings = settings;
        this.onDisk = onDisk;
        this.onDiskOf = onDiskOf;
        wanted = Math.max(USUAL_BYTES, largest);
    }

    synchronized void shareAmong(int number) {
        accounts = number;
    }

    /** Reserves room for a record: KEPT, or the reason why there is none. */
    synchronized Kept take(String account, long size) {
        if (size > settings.maxBytes()) {
            return Kept.TOO_LARGE;
        }
        if (accounts > 1 && !isWithinShare(account, size)) {
            return Kept.NO_ROOM;
        }
        if (!fits(size)) {
            wanted = Math.max(wanted, size);
            return Kept.NO_ROOM;
        }
        if (records >= settings.inFlightRecords() || (records > 0 && bytes + size > settings.inFlightBytes())) {
            return Kept.BUSY;
        }
        bytesOf.merge(account, size, Long::sum);
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

    synchronized void giveBack(String account, long size) {
        bytesOf.computeIfPresent(account, (same, own) -> own > size ? own - size : null);
        bytes -= size;
        records--;
    }

    synchronized int records() {
        return records;
    }

    private boolean fits(long size) {
        return onDisk.getAsLong() + bytes + size <= settings.maxBytes();
    }

    /** One record can be larger than that. */
    private boolean isWithinShare(String account, long size) {
        long own = onDiskOf.applyAsLong(account) + bytesOf.getOrDefault(account, 0L);
        long left = settings.maxBytes() - onDisk.getAsLong() - bytes + own;
        return own == 0 || own + size <= Math.max(left / 2, settings.maxBytes() / accounts);
    }
}
