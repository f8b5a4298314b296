package io.callweave.topology.fairness;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Whether this process serves accounts that take little of its time. If not, nobody gains when another one waits. */
public final class LightAccounts {

    private static final long KNOWN_FOR_NANOS = Duration.ofMinutes(1).toNanos();
    private static final long SAME_NANOS = Duration.ofMillis(100).toNanos();

    private volatile @Nullable Seen last;
    private volatile @Nullable Seen other;

    private record Seen(String account, long at) {

        boolean isOther(String than, long now) {
            return !account.equals(than) && now - at < KNOWN_FOR_NANOS;
        }
    }

    /**
     * A notification of such an account has come.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    void seen(String account, long nanoTime) {
        Seen before = last;
        boolean isSame = before != null && before.account().equals(account);
        if (!isSame) {
            other = before;
        }
        if (before == null || !isSame || nanoTime - before.at() > SAME_NANOS) {
            last = new Seen(account, nanoTime);
        }
    }

    /** Whether there were others than this one within the last minute. */
    boolean areOthers(String than, long nanoTime) {
        Seen one = last;
        Seen two = other;
        return (one != null && one.isOther(than, nanoTime)) || (two != null && two.isOther(than, nanoTime));
    }
}
