package io.callweave.topology.turns;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether this process has notifications of more than one account. One that is alone need not wait for anybody. */
public final class ServedAccounts {

    private static final long KNOWN_FOR_NANOS = Duration.ofMinutes(1).toNanos();

    private volatile @Nullable String last;
    private volatile boolean areSome;
    private volatile long changedAt;

    /**
     * A notification of an account is read.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    void read(String account, long nanoTime) {
        String before = last;
        if (!account.equals(before)) {
            last = account;
            if (before != null) {
                changedAt = nanoTime;
                areSome = true;
            }
        }
    }

    /** Whether there were several within the last minute. */
    boolean areSeveral(long nanoTime) {
        return areSome && nanoTime - changedAt < KNOWN_FOR_NANOS;
    }
}
