package io.callweave.topology.calls;

import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.checks.Check;
import java.time.Duration;

/**
 * How long things take.
 *
 * @param waits how long calls are waited for
 * @param gapGrace how long a missing sequence holds up the party events after it
 * @param lateWindow how long after its last change a call is still revised
 * @param markerRetention how long it is remembered that a session was closed
 * @param liveInterval shortest time between two emissions of a live call
 */
public record CallTimeouts(
        CompletionTimeouts waits,
        Duration gapGrace,
        Duration lateWindow,
        Duration markerRetention,
        Duration liveInterval) {

    public static final CallTimeouts DEFAULT = new CallTimeouts(
            CompletionTimeouts.DEFAULT,
            Duration.ofMillis(500),
            Duration.ofHours(24),
            Duration.ofDays(7),
            Duration.ofMillis(500));

    public CallTimeouts {
        Check.notNegative("ordering.gap-grace", gapGrace);
        Check.positive("completion.late-window", lateWindow);
        Check.positive("notifications.retention", markerRetention);
        Check.notNegative("The interval of live calls", liveInterval);
    }
}
