package io.callweave.logging;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Lets a kind of thing be said from time to time only, and counts how often it was not. Thread-safe. */
public final class LogPace {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final long quietNanos;
    private final LongSupplier nanoTime;
    private boolean said;
    private long saidAt;
    private long leftOut;

    LogPace(Duration quiet, LongSupplier nanoTime) {
        quietNanos = quiet.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Once a minute. */
    public static LogPace ofMinute() {
        return ofMinute(System::nanoTime);
    }

    /** The same by this clock. */
    public static LogPace ofMinute(LongSupplier nanoTime) {
        return new LogPace(MINUTE, nanoTime);
    }

    /** How often it was left out since it was last said, if it is time to say it; else empty, and it is left out. */
    public synchronized OptionalLong next() {
        long now = nanoTime.getAsLong();
        if (said && now - saidAt < quietNanos) {
            leftOut++;
            return OptionalLong.empty();
        }
        said = true;
        saidAt = now;
        long before = leftOut;
        leftOut = 0;
        return OptionalLong.of(before);
    }
}
