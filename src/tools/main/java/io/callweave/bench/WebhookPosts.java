package io.callweave.bench;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Posts notifications to a bridge, over at most 64 connections, like a real sender; the wait for a free one is part of the
 * latency. It shares the processors with the bridge, so it must need few threads: Java's own client took as much CPU time as
 * bridge and broker together.
 */
public final class WebhookPosts implements IntFunction<CompletableFuture<Boolean>>, AutoCloseable {

    private static final int CONNECTIONS = 64;
    private static final int THREADS = 4;
    private static final int BODY_BYTES = 900;
    private static final int SESSIONS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient client;
    private final URI url;
    private final String token;
    private final String account;
    private final String run = Long.toHexString(System.nanoTime());

    /**
     * Of an account.
     *
     * @param token sent as the verification token; empty for none
     */
    public WebhookPosts(URI url, String token, String account) {
        this.url = url;
        this.token = token;
        this.account = account;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setName("bench-posts");
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setExecutor(threads);
        client.setConnectTimeout(PATIENCE.toMillis());
        client.setIdleTimeout(PATIENCE.toMillis());
        client.setMaxConnectionsPerDestination(CONNECTIONS);
        client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        try {
            client.start();
            // An answer counts as it is; to theirs, a 401 without a challenge is a failure.
            client.getProtocolHandlers().clear();
        } catch (Exception e) { // LifeCycle#start declares it
            throw new IllegalStateException("The HTTP client cannot start.", e);
        }
    }

    /** Posts the notification with this number. */
    @Override
    public CompletableFuture<Boolean> apply(int number) {
        CompletableFuture<Boolean> accepted = new CompletableFuture<>();
        Request request = client.POST(url).body(new BytesRequestContent("application/json", body(number)));
        if (!token.isEmpty()) {
            request.headers(headers -> headers.put("Verification-Token", token));
        }
        request.send(result -> {
            if (result.isFailed()) {
                accepted.completeExceptionally(result.getFailure());
            } else {
                accepted.complete(result.getResponse().getStatus() == HttpStatus.OK_200);
            }
        });
        return accepted;
    }

    @Override
    public void close() {
        try {
            client.stop();
        } catch (Exception e) { // LifeCycle#stop declares it
            throw new IllegalStateException("The HTTP client cannot stop.", e);
        }
    }

    private byte[] body(int number) {
        String session = "s-" + run + "-" + number % SESSIONS;
        String head = "{\"uuid\":\"" + run + "-" + number + "\",\"event\":\"/restapi/v1.0/account/" + account
                + "/telephony/sessions\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"body\":{\"sequence\":"
                + (2 + number / SESSIONS) + ",\"telephonySessionId\":\"" + session
                + "\",\"eventTime\":\"2026-01-01T00:00:00.000Z\",\"parties\":[{\"id\":\"p-1\",\"status\":"
                + "{\"code\":\"Setup\"},\"padding\":\"";
        String tail = "\"}]}}";
        String padding = "x".repeat(Math.max(0, BODY_BYTES - head.length() - tail.length()));
        return (head + padding + tail).getBytes(StandardCharsets.UTF_8);
    }
}
