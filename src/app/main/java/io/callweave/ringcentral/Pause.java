package io.callweave.ringcentral;

import java.time.Duration;

/** Waits between requests, so that some of a limit stays for others. */
@FunctionalInterface
public interface Pause {

    /** Sleeps. */
    Pause REAL = length -> Thread.sleep(length.toMillis());

    void of(Duration length) throws InterruptedException;
}
