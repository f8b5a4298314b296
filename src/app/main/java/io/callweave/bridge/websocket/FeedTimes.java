package io.callweave.bridge.websocket;

import io.callweave.ringcentral.Patience;
import java.time.Duration;

/**
 * How a feed is watched.
 *
 * @param ping how often the gateway is asked whether it is there; how exactly gaps are known depends on it
 * @param deadAfter without an answer for so long, the connection counts as dead
 * @param refused the wait after a failure that does not pass by itself, such as a missing permission
 * @param patience between other attempts to connect
 */
public record FeedTimes(Duration ping, Duration deadAfter, Duration refused, Patience patience) {

    /** RingCentral answers pings within 10 s; it keeps a session for 180 s, so a dead connection must be noticed before. */
    public static final FeedTimes DEFAULT = new FeedTimes(
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofMinutes(1),
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(30), -1));
}
