package io.callweave.ringcentral;

import java.time.Duration;

/**
 * The time in which RingCentral wants no request after a 429. A request within it starts it again, so every request of the
 * client waits, or fails. Thread-safe.
 */
final class Penalty {

    private long untilNanos = System.nanoTime();

    synchronized void begin(Duration length) {
        untilNanos = Math.max(untilNanos, System.nanoTime() + length.toNanos());
    }

    /**
     * Returns when it is over.
     *
     * @param most to wait
     * @throws RingCentralException at once, if it takes longer
     */
    void await(Duration most) throws InterruptedException {
        for (long left = leftMs(); left > 0; left = leftMs()) {
            if (left > most.toMillis()) {
                throw Refusals.tooMany(Duration.ofMillis(left));
            }
            Thread.sleep(left);
        }
    }

    /** In milliseconds, rounded up. */
    synchronized long leftMs() {
        return Math.max(
                0, Duration.ofNanos(untilNanos - System.nanoTime() + 999_999).toMillis());
    }
}
