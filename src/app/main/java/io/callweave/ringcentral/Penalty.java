package io.callweave.ringcentral;

import java.time.Duration;

/**
 * The time in which RingCentral wants no request after a 429. A request within it starts it again, so every request of the
 * client waits. Thread-safe.
 */
final class Penalty {

    private long untilNanos = System.nanoTime();

    synchronized void begin(Duration length) {
        untilNanos = Math.max(untilNanos, System.nanoTime() + length.toNanos());
    }

    /** Returns when it is over. */
    void await() throws InterruptedException {
        for (long left = leftMs(); left > 0; left = leftMs()) {
            Thread.sleep(left);
        }
    }

    /** In milliseconds, rounded up. */
    synchronized long leftMs() {
        return Math.max(
                0, Duration.ofNanos(untilNanos - System.nanoTime() + 999_999).toMillis());
    }
}
