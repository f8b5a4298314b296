package io.callweave.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.whole.EmbeddedStack;
import io.callweave.files.LocalException;
import io.callweave.runtime.StopSignal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the account is connected, as the bridge's health shows it.
 *
 * @param sentence for people
 * @param names why extensions have no names, as a sentence; empty if nothing is wrong
 * @param gap of the last time in which notifications may be missing, as a sentence; empty if there is none
 */
record OwnConnection(String state, String sentence, String names, String gap) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A server that is away for a moment is no reason to end; an address that is wrong is. */
    private static final Duration FAILING_AT_MOST = Duration.ofSeconds(20);

    private static final long POLL_MS = 100;
    private static final Map<String, String> TRANSPORTS = Map.of(
            "webhook", "webhook subscription",
            "websocket", "WebSocket",
            "pubnub", "PubNub channel");

    /** Null if it has not begun to connect. */
    static @Nullable OwnConnection of(EmbeddedStack product) throws IOException {
        JsonNode account = JSON.readTree(product.bridge().accountsHealth())
                .path("accounts")
                .path(0);
        JsonNode now = account.path("connection");
        if (now.isMissingNode()) {
            return null;
        }
        String state = now.path("state").asText();
        String what = TRANSPORTS.getOrDefault(now.path("transport").asText(), "connection");
        return new OwnConnection(
                state,
                now.path("problem").asText("The " + what + " is " + state + "."),
                names(account.path("names").path("problem").asText("")),
                gap(now.path("lastGapFrom").asText(""), now.path("lastGapAt").asText("")));
    }

    private static String names(String problem) {
        return problem.isEmpty() ? "" : "Some extensions have no names. " + problem;
    }

    private static String gap(String from, String to) {
        return to.isEmpty()
                ? ""
                : "Notifications from " + from + " to " + to
                        + " may be missing. Calls of that time can be partial or"
                        + " missing; those that change are printed again, with their revision.";
    }

    /**
     * Returns when the account is connected, or when a minute has brought neither that nor a failure.
     *
     * @throws LocalException if RingCentral refuses it, or all attempts of 20 s fail
     */
    static void awaitFirst(EmbeddedStack product, StopSignal stop) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long failsSince = 0;
        while (!stop.requested() && System.nanoTime() < end) {
            OwnConnection now = of(product);
            if (now != null && now.isFailing()) {
                failsSince = failsSince == 0 ? System.nanoTime() : failsSince;
                if (now.isRefused() || System.nanoTime() - failsSince >= FAILING_AT_MOST.toNanos()) {
                    throw new LocalException(now.sentence());
                }
            } else if (now != null && !now.isConnecting()) {
                return;
            }
            Thread.sleep(POLL_MS);
        }
    }

    private boolean isConnecting() {
        return state.equals("connecting");
    }

    private boolean isFailing() {
        return state.equals("failing") || isRefused();
    }

    boolean isRefused() {
        return state.equals("refused");
    }

    boolean isConnected() {
        return state.equals("connected") || state.equals("active");
    }
}
