package io.callweave.bridge.webhook;

import io.callweave.checks.Check;
import java.time.Duration;

/**
 * What one sender can take up.
 *
 * @param maxBytes of a notification
 * @param maxHeaderBytes of a request's line and headers
 * @param inFlightBytes of all bodies that are in memory together
 * @param answerTimeout from the end of a request's head to its answer; RingCentral allows 3 s
 * @param requestTimeout within which a new connection has to have sent a whole head
 * @param idleTimeout the same for a connection that has had an answer
 */
public record WebhookLimits(
        int maxBytes,
        int maxHeaderBytes,
        long inFlightBytes,
        int maxConnections,
        Duration answerTimeout,
        Duration requestTimeout,
        Duration idleTimeout) {

    public WebhookLimits {
        Check.atLeast("notifications.max-bytes", 1, maxBytes);
        Check.atLeast("bridge.max-header-bytes", 1, maxHeaderBytes);
        Check.atLeast("bridge.in-flight-bytes", 1, inFlightBytes);
        Check.atLeast("bridge.max-connections", 1, maxConnections);
        Check.positive("bridge.answer-timeout", answerTimeout);
        Check.positive("bridge.request-timeout", requestTimeout);
        Check.positive("bridge.idle-timeout", idleTimeout);
    }
}
