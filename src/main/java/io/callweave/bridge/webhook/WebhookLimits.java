package io.callweave.bridge.webhook;

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
        Duration idleTimeout) {}
