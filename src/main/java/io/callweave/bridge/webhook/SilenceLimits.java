package io.callweave.bridge.webhook;

/**
 * When silence is an alarm: both must hold.
 *
 * @param afterMs since the last notification
 * @param missing so many would usually have come since then; 0: there are no alarms
 */
public record SilenceLimits(long afterMs, int missing) {

    boolean on() {
        return missing > 0;
    }
}
