package io.callweave.bridge.activity;

import io.callweave.checks.Check;
import java.time.Duration;

/**
 * When silence is an alarm: both must hold.
 *
 * @param after since the last notification
 * @param missing how many would usually have come since then; 0: no alarms
 */
public record SilenceLimits(Duration after, int missing) {

    public SilenceLimits {
        Check.notNegative("bridge.silence-after", after);
        Check.atLeast("bridge.silence-missing", 0, missing);
    }

    boolean on() {
        return missing > 0;
    }
}
