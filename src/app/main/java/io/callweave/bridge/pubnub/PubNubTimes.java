package io.callweave.bridge.pubnub;

import io.callweave.ringcentral.Patience;
import java.time.Duration;

/**
 * How channels are read and subscriptions watched.
 *
 * @param poll how long one request waits for messages; how exactly gaps are known depends on it
 * @param catchUp after so long without a request, messages may be missing
 * @param look how often RingCentral is asked whether the subscription lives: PubNub does not tell that it ended
 * @param life of a subscription to ask for; RingCentral may give less
 * @param refused the wait after a failure that does not pass by itself, such as a missing permission
 * @param patience between other attempts to connect
 */
public record PubNubTimes(
        Duration poll, Duration catchUp, Duration look, Duration life, Duration refused, Patience patience) {

    /** PubNub's support pages name 5 to 20 minutes in which it keeps messages; RingCentral's specification, 7 days of life. */
    public static final PubNubTimes DEFAULT = new PubNubTimes(
            Duration.ofSeconds(30),
            Duration.ofMinutes(4),
            Duration.ofMinutes(1),
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            new Patience(Duration.ofSeconds(1), Duration.ofSeconds(30), -1));
}
