package io.callweave.bridge.audit;

import io.callweave.ringcentral.RingCentralException;
import java.util.Locale;

/** Counts what is kept of a period, up to a bound: the log and the senders choose how much that is, not the operator. */
public final class HeapShare {

    private final String what;
    private final long mostBytes;
    private long bytes;

    /** @param what is kept; begins a sentence, in the plural */
    public HeapShare(String what, long mostBytes) {
        this.what = what;
        this.mostBytes = mostBytes;
    }

    /** A quarter of the Java heap. */
    public static long quarter() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** Those that are kept now. */
    public long bytes() {
        return bytes;
    }

    /**
     * Counts what is kept now.
     *
     * @param more in bytes; less than 0 if something is kept no longer
     * @throws RingCentralException if there is no room for it
     */
    public void take(long more) {
        bytes += more;
        if (bytes > mostBytes) {
            throw RingCentralException.tooMuch(String.format(
                    Locale.ROOT,
                    "%s of the period need more than %,d bytes of memory: use a shorter period, or give Java more"
                            + " memory.",
                    what,
                    mostBytes));
        }
    }
}
