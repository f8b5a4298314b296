package io.callweave.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.common.StopSignal;
import io.callweave.cli.role.EmbeddedStack;
import io.callweave.local.LocalException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the account is connected, as the bridge's health shows it.
 *
 * @param sentence for people
 * @param lastGapAt empty if there is none
 */
record OwnConnection(String state, String sentence, String lastGapAt) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long POLL_MS = 100;
    private static final Map<String, String> TRANSPORTS = Map.of(
            "webhook", "webhook subscription",
            "websocket", "WebSocket",
            "pubnub", "PubNub channel");

    /** Null if it has not begun to connect. */
    static @Nullable OwnConnection of(EmbeddedStack product) throws IOException {
        JsonNode now = JSON.readTree(product.bridge().accountsHealth())
                .path("accounts")
                .path(0)
                .path("connection");
        if (now.isMissingNode()) {
            return null;
        }
        String state = now.path("state").asText();
        String what = TRANSPORTS.getOrDefault(now.path("transport").asText(), "connection");
        return new OwnConnection(
                state,
                now.path("problem").asText("The " + what + " is " + state + "."),
                now.path("lastGapAt").asText(""));
    }

    /**
     * Returns when it is known how the first attempt to connect has ended, or after a minute.
     *
     * @throws LocalException if RingCentral refuses it
     */
    static void awaitFirst(EmbeddedStack product, StopSignal stop) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!stop.requested() && System.nanoTime() < end) {
            OwnConnection now = of(product);
            if (now != null && now.isRefused()) {
                throw new LocalException(now.sentence());
            }
            if (now != null && !now.state().equals("connecting")) {
                return;
            }
            Thread.sleep(POLL_MS);
        }
    }

    boolean isRefused() {
        return state.equals("refused");
    }

    boolean isConnected() {
        return state.equals("connected") || state.equals("active");
    }
}
