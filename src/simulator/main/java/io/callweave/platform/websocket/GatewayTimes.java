package io.callweave.platform.websocket;

import java.time.Duration;

/**
 * Times of the gateway, by default those of RingCentral (websockets/*.md).
 *
 * @param recovery how long a session without a connection can be recovered
 * @param idle how long a client may say nothing
 * @param absolute after this, a connection ends whatever the client does
 * @param ping the time between two pings
 * @param pong how long a client may take to answer one
 * @param token how long a WebSocket token is valid. The guide says 30 s and once; RingCentral's own client says 600 s,
 *     and uses one token for several connections
 */
public record GatewayTimes(
        Duration recovery, Duration idle, Duration absolute, Duration ping, Duration pong, Duration token) {

    public static final GatewayTimes DEFAULT = new GatewayTimes(
            Duration.ofSeconds(180),
            Duration.ofMinutes(30),
            Duration.ofHours(24),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(600));

    public GatewayTimes withAbsolute(Duration newAbsolute) {
        return new GatewayTimes(recovery, idle, newAbsolute, ping, pong, token);
    }
}
