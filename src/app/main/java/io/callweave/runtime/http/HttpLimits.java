package io.callweave.runtime.http;

import io.callweave.checks.Check;
import io.callweave.settings.value.Network;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/**
 * What all clients of a server together, and each of them, can take up.
 *
 * @param maxHeaderBytes of a request's line and headers
 * @param requestTimeout within which a new connection has to have sent a whole head
 * @param idleTimeout the same for a connection that has had an answer
 * @param stopTimeout for the answers to requests that were there before the stop
 */
public record HttpLimits(
        int maxHeaderBytes,
        int maxConnections,
        OfAddress ofAddress,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration stopTimeout) {

    /** Of health, metrics and the APIs. Streams of events are not waited for at a stop. */
    static final HttpLimits OF_ROUTES = new HttpLimits(
            8 << 10, 1_000, OfAddress.ANY, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ZERO);

    /**
     * What one address can take up. Only a proxy of these networks may tell the address of its client, by the PROXY protocol
     * (version 1 or 2); connections for which it tells none are not counted. Headers such as {@code X-Forwarded-For} are
     * not read: a proxy that writes them shares its connections among its clients.
     *
     * @param maxConnections 0 for any number
     */
    public record OfAddress(int maxConnections, List<Network> proxies) {

        /** Any number. */
        public static final OfAddress ANY = new OfAddress(0, List.of());

        /** Copies the networks. */
        public OfAddress {
            Check.atLeast("The number of connections of an address", 0, maxConnections);
            proxies = List.copyOf(proxies);
        }

        boolean isProxy(InetAddress address) {
            return proxies.stream().anyMatch(network -> network.contains(address));
        }
    }

    public HttpLimits {
        Check.atLeast("The bytes of headers", 1, maxHeaderBytes);
        Check.atLeast("The number of connections", 1, maxConnections);
        Check.positive("The time for a request", requestTimeout);
        Check.positive("The time for an idle connection", idleTimeout);
        Check.notNegative("The time for a stop", stopTimeout);
    }
}
