package io.callweave.deliver.post;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Endpoints that answer well and badly, and verify signatures with the official library. Each path has its own manner. */
public final class Receiver implements AutoCloseable {

    /** How a post is answered. */
    public enum Manner {
        OK,
        ERROR,
        SLOW,
        /** Longer than a connection may be idle. */
        LATE,
        NEVER,
        GONE,
        TOO_MANY,
        REDIRECT,
        CUT,
        /** The answer would be good, but for how long its headers are. */
        LONG_HEAD,
        /** The same of its body. */
        LONG_BODY
    }

    /**
     * A post that came.
     *
     * @param type of the webhook
     * @param accepted whether the answer was 200, whole
     */
    public record Post(String id, String type, JsonNode data, boolean verified, boolean accepted) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SLOW_MS = 300;
    private static final long LATE_MS = 3_000;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Semaphore end = new Semaphore(0);
    private final String secret;
    private final Map<String, List<Manner>> manners = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<String, List<Post>> posts = new ConcurrentHashMap<>();

    /** Listens on a free port of 127.0.0.1. */
    public Receiver(String secret) throws IOException {
        this.secret = secret;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** The address of an endpoint that answers so, in turn. */
    public String endpoint(String name, Manner... inTurn) {
        manners.put("/" + name, List.of(inTurn));
        posts.put("/" + name, new CopyOnWriteArrayList<>());
        counts.put("/" + name, new AtomicInteger());
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    }

    /** What came to an endpoint, in the order of its answers. */
    public List<Post> posts(String name) {
        return posts.getOrDefault("/" + name, List.of());
    }

    /** How many posts came to an endpoint, also those without an answer yet. */
    public int count(String name) {
        return counts.get("/" + name).get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        List<Manner> inTurn = manners.get(path);
        if (inTurn == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        Manner manner = inTurn.get(counts.get(path).getAndIncrement() % inTurn.size());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        JsonNode json = JSON.readTree(body);
        posts.get(path)
                .add(new Post(
                        exchange.getRequestHeaders().getFirst("webhook-id"),
                        json.path("type").asText(),
                        json.path("data"),
                        isVerified(exchange, body),
                        manner == Manner.OK || manner == Manner.SLOW || manner == Manner.LATE));
        answer(exchange, manner);
    }

    private boolean isVerified(HttpExchange exchange, String body) {
        try {
            new Webhook(secret).verify(body, exchange.getRequestHeaders());
            return true;
        } catch (Exception wrong) {
            return false;
        }
    }

    private void answer(HttpExchange exchange, Manner manner) throws IOException {
        switch (manner) {
            case OK -> exchange.sendResponseHeaders(200, -1);
            case ERROR -> exchange.sendResponseHeaders(500, -1);
            case SLOW, LATE -> {
                waitAtMost(manner == Manner.SLOW ? SLOW_MS : LATE_MS);
                exchange.sendResponseHeaders(200, -1);
            }
            case NEVER -> waitAtMost(Long.MAX_VALUE);
            case GONE -> exchange.sendResponseHeaders(410, -1);
            case TOO_MANY -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                exchange.sendResponseHeaders(429, -1);
            }
            case REDIRECT -> {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                exchange.sendResponseHeaders(307, -1);
            }
            case LONG_HEAD -> {
                exchange.getResponseHeaders().set("X-Long", "x".repeat(100_000));
                exchange.sendResponseHeaders(200, -1);
            }
            case LONG_BODY -> {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(new byte[2_000_000]);
            }
            case CUT -> {
                exchange.sendResponseHeaders(200, 1_000);
                OutputStream out = exchange.getResponseBody();
                out.write(new byte[10]);
                out.flush();
            }
        }
        exchange.close();
    }

    private void waitAtMost(long millis) {
        try {
            if (end.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
                end.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.release();
        server.stop(0);
        threads.shutdownNow();
    }
}
