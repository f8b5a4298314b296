package io.callweave.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A webhook as a customer would write it: echoes the validation token, and keeps what arrives. */
public final class WebhookReceiver implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile boolean echoes = true;

    public WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String validation = exchange.getRequestHeaders().getFirst("Validation-Token");
        if (validation != null && echoes) {
            exchange.getResponseHeaders().add("Validation-Token", validation);
        }
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (body.length > 0) {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Verification-Token")));
            received.add(MAPPER.readTree(body));
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    public WebhookReceiver answering(int newStatus) {
        status = newStatus;
        return this;
    }

    public WebhookReceiver silentAboutTokens() {
        echoes = false;
        return this;
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    public List<JsonNode> received() {
        return new ArrayList<>(received);
    }

    /** The verification token of each notification. */
    public List<String> tokens() {
        return new ArrayList<>(tokens);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
