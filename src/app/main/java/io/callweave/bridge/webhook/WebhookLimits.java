package io.callweave.bridge.webhook;

import io.callweave.checks.Check;
import io.callweave.runtime.http.HttpLimits;
import java.time.Duration;

/**
 * What one sender can take up.
 *
 * @param maxBytes of a notification
 * @param inFlightBytes of all bodies that are in memory together
 * @param answerTimeout from the end of a request's head to its answer; RingCentral allows 3 s
 */
public record WebhookLimits(int maxBytes, long inFlightBytes, Duration answerTimeout, HttpLimits connections) {

    public WebhookLimits {
        Check.atLeast("notifications.max-bytes", 1, maxBytes);
        Check.atLeast("bridge.in-flight-bytes", 1, inFlightBytes);
        Check.positive("bridge.answer-timeout", answerTimeout);
    }
}
