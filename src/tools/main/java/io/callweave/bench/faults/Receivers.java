package io.callweave.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.callweave.bench.faults.Evidence.Post;
import io.callweave.bench.faults.Evidence.Version;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Endpoints of webhooks, which can fail. The last part of the path is the name of the subscription. */
final class Receivers implements AutoCloseable {

    /** Where {@code deliver} finds their secret. */
    static final String SECRET_NAME = "WEBHOOK_SECRET_FAULTS";

    static final String SECRET = "whsec_" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";

    private static final int OK = 200;
    private static final int CUT = 0;
    private static final int LATE = 1;
    private static final long LATE_MS = 3_000;

    /** The last two end before their answer does, and come too late. */
    private static final int[] BAD = {500, 429, 503, 307, CUT, LATE};

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Map<String, List<Post>> posts = new HashMap<>();
    private boolean failing;
    private int failed;

    Receivers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String address(String subscription) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + subscription;
    }

    /** Whether they fail from now on, in several ways. */
    synchronized void fail(boolean now) {
        failing = now;
    }

    synchronized Map<String, List<Post>> posts() {
        Map<String, List<Post>> copy = new HashMap<>();
        posts.forEach((name, got) -> copy.put(name, List.copyOf(got)));
        return copy;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JsonLimits.tree(exchange.getRequestBody().readAllBytes());
            int status = take(exchange.getRequestURI().getPath().substring(1), body.path("data"));
            if (status == LATE) {
                Thread.sleep(LATE_MS);
            }
            // Of a cut answer, the body is missing.
            exchange.sendResponseHeaders(status <= LATE ? OK : status, status == CUT ? LATE_MS : -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int take(String name, JsonNode call) {
        int status = failing ? BAD[failed++ % BAD.length] : OK;
        if (call.has("callId")) {
            posts.computeIfAbsent(name, none -> new ArrayList<>())
                    .add(new Post(
                            asKey(call.path("accountId").asText() + "/"
                                    + call.path("callId").asText()),
                            new Version(
                                    call.path("epoch").asLong(),
                                    call.path("revision").asLong()),
                            !failing));
        }
        return status;
    }

    /** A key has no half of a character. */
    private static String asKey(String id) {
        return new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
