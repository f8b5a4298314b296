package io.callweave.ringcentral;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers what a test tells it, and remembers what it was asked. The last answer of a request is repeated. */
public final class FakeRingCentral implements AutoCloseable {

    static final Credentials CREDENTIALS = new Credentials("app", "hush", "the.jwt.signed");

    /** What was asked. */
    record Asked(String method, String path, String authorization, String body) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private record Answer(int status, String body, Map<String, String> headers) {}

    private final HttpServer http;
    private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    public FakeRingCentral() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
        on("POST /restapi/oauth/token", 200, "{\"access_token\":\"first\",\"expires_in\":3600}");
    }

    public FakeRingCentral on(String request, int status, String body, String... headers) {
        Map<String, String> named = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            named.put(headers[i], headers[i + 1]);
        }
        answers.computeIfAbsent(request, unused -> new ArrayDeque<>()).add(new Answer(status, body, named));
        return this;
    }

    public void refuseSignIn(int status, String body) {
        forget("POST /restapi/oauth/token").on("POST /restapi/oauth/token", status, body);
    }

    /** From now on, a sign-in names these permissions. */
    public void grant(String scope) {
        forget("POST /restapi/oauth/token")
                .on(
                        "POST /restapi/oauth/token",
                        200,
                        "{\"access_token\":\"first\",\"expires_in\":3600,\"scope\":\"" + scope + "\"}");
    }

    public List<String> requests() {
        return asked.stream().map(Asked::toString).toList();
    }

    FakeRingCentral forget(String request) {
        answers.remove(request);
        return this;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    }

    Server server() {
        return new Server(address(), new Patience(Duration.ofMillis(1), Duration.ofMillis(2), 3));
    }

    public Client client() {
        return new Client(server(), CREDENTIALS, InstantSource.system());
    }

    List<Asked> asked() {
        return asked;
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            asked.add(request);
            Deque<Answer> known = answers.getOrDefault(
                    request.toString(), new ArrayDeque<>(List.of(new Answer(404, "{}", Map.of()))));
            Answer answer = known.size() > 1 ? known.poll() : known.peek();
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            byte[] body = answer.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
