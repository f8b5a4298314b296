package io.callweave.runtime.http;

import io.callweave.checks.Check;
import java.time.Duration;

/**
 * What all clients of a server together, and each of them, can take up.
 *
 * @param maxHeaderBytes of a request's line and headers
 * @param requestTimeout within which a new connection has to have sent a whole head
 * @param idleTimeout the same for a connection that has had an answer
 * @param stopTimeout for the answers to requests that were there before the stop
 */
public record HttpLimits(
        int maxHeaderBytes, int maxConnections, Duration requestTimeout, Duration idleTimeout, Duration stopTimeout) {

    /** Of health, metrics and the APIs. Streams of events are not waited for at a stop. */
    static final HttpLimits OF_ROUTES =
            new HttpLimits(8 << 10, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO);

    public HttpLimits {
        Check.atLeast("The bytes of headers", 1, maxHeaderBytes);
        Check.atLeast("The number of connections", 1, maxConnections);
        Check.positive("The time for a request", requestTimeout);
        Check.positive("The time for an idle connection", idleTimeout);
        Check.notNegative("The time for a stop", stopTimeout);
    }
}
