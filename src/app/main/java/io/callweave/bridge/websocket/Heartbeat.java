package io.callweave.bridge.websocket;

import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.gateway.GatewaySocket;
import java.time.InstantSource;

/** Asks the gateway from time to time whether it is there. Used by one thread. */
final class Heartbeat {

    private final FeedTimes times;
    private final InstantSource clock;
    private long pingedNanos = System.nanoTime();
    private long answeredNanos = System.nanoTime();
    private long beatNanos = System.nanoTime();
    private long lastAnswer;
    private boolean begun;

    Heartbeat(FeedTimes times, InstantSource clock) {
        this.times = times;
        this.clock = clock;
    }

    /**
     * Pings when it is time.
     *
     * @param answer of the connection so far
     * @throws RingCentralException if there was no answer for too long
     */
    void beat(GatewaySocket connection, long answer) {
        long now = System.nanoTime();
        if (now - beatNanos > times.ping().toNanos()) {
            answeredNanos = now; // this process was paused: what has come in the meantime is read first
        }
        beatNanos = now;
        if (answer != lastAnswer) {
            lastAnswer = answer;
            answeredNanos = now;
        }
        if (!begun || now - pingedNanos > times.ping().toNanos()) {
            begun = true;
            pingedNanos = now;
            connection.ping(clock.millis());
        }
        if (isOverdue()) {
            throw RingCentralException.unavailable("The WebSocket gateway does not answer pings.");
        }
    }

    boolean isOverdue() {
        return System.nanoTime() - answeredNanos > times.deadAfter().toNanos();
    }
}
