package io.callweave.bench.faults;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Posts each notification to one bridge after the other until one takes it, or refuses it for good. So it may arrive twice, if
 * a bridge accepted it and could not say so.
 */
final class FaithfulPosts {

    private static final int MOST_AT_A_TIME = 100;
    private static final int OK = 200;
    private static final Set<Integer> FOR_GOOD = Set.of(400, 401, 403, 404, 413, 415);
    private static final long PAUSE_MS = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(2))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final List<URI> bridges;
    private final String token;
    private final Semaphore room = new Semaphore(MOST_AT_A_TIME);
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Answered> answered = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();

    /**
     * What was answered with 200.
     *
     * @param at in milliseconds since the epoch
     */
    record Answered(String account, byte[] body, long at) {}

    FaithfulPosts(List<URI> bridges, String token) {
        this.bridges = List.copyOf(bridges);
        this.token = token;
    }

    /** Waits while too many are on their way. */
    void send(String account, byte[] body) throws InterruptedException {
        room.acquire();
        post(account, body);
    }

    private void post(String account, byte[] body) {
        URI bridge = bridges.get(next.getAndIncrement() % bridges.size());
        HttpRequest request = HttpRequest.newBuilder(bridge.resolve("/webhooks/" + account))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Verification-Token", token)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        var unused = http.sendAsync(request, BodyHandlers.discarding()).whenComplete((response, failure) -> {
            if (response != null && response.statusCode() == OK) {
                answered.add(new Answered(account, body, System.currentTimeMillis()));
                room.release();
            } else if (response != null && FOR_GOOD.contains(response.statusCode())) {
                refused.incrementAndGet();
                room.release();
            } else {
                CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS)
                        .execute(() -> post(account, body));
            }
        });
    }

    /** Waits until all are answered. */
    void finish() throws InterruptedException {
        room.acquire(MOST_AT_A_TIME);
        room.release(MOST_AT_A_TIME);
    }

    List<Answered> answered() {
        return List.copyOf(answered);
    }

    /** How many were refused for good. */
    int refused() {
        return refused.get();
    }
}
