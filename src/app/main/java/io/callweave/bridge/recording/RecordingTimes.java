package io.callweave.bridge.recording;

import java.time.Duration;

/**
 * When recordings are asked for.
 *
 * @param between at least this long between two requests of an account
 * @param firstRetry after the first request for a recording; each further wait is twice as long. A recording is never asked for
 *     twice within this time, also not by another bridge
 * @param giveUp how long after the first request
 * @param shortest what RingCentral does not keep: a recording of a shorter call is asked for once
 * @param failure how long an account waits after a failure that passes
 * @param refused how long it waits after one that somebody has to mend, such as a missing permission
 */
public record RecordingTimes(
        Duration between, Duration firstRetry, Duration giveUp, Duration shortest, Duration failure, Duration refused) {

    /** RingCentral allows ten such requests a minute for a user and an app; a quarter stays for others. */
    public static final RecordingTimes DEFAULT = new RecordingTimes(
            Duration.ofSeconds(8),
            Duration.ofMinutes(1),
            Duration.ofDays(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofHours(1));
}
