package io.callweave.topology;

import io.callweave.call.Waits;

/**
 * How long things take, in milliseconds.
 *
 * @param waits how long calls are waited for
 * @param gapGrace how long a missing sequence holds up the party events after it
 * @param lateWindow how long after its last change a call is still revised
 * @param markerRetention how long it is remembered that a session was closed
 * @param liveInterval how often a live call is given out at most
 */
public record Timing(Waits waits, long gapGrace, long lateWindow, long markerRetention, long liveInterval) {

    public static final Timing DEFAULT =
            new Timing(Waits.DEFAULT, 2_000, 24 * 60 * 60_000L, 7 * 24 * 60 * 60_000L, 500);
}
