package io.callweave.sending;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Posts notifications to a bridge's webhook, many at a time. As RingCentral does, each once and none again that was answered
 * with an error, and on while a bridge that has answered is away; or again and again while the bridge has no room.
 */
public final class BridgePosts implements Destination {

    private static final int MOST_AT_A_TIME = 32;
    private static final int GOOD = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final List<Integer> NO_ROOM = List.of(429, 503);

    /** About the notification itself; sending it again has the same result. */
    private static final List<Integer> FOR_GOOD = List.of(400, 413, 415);

    /** In place of a status. */
    private static final int NO_ANSWER = 0;

    private static final int MOST_ATTEMPTS = 20;
    private static final long PAUSE_MS = 500;

    private final URI url;
    private final @Nullable String token;
    private final int attempts;
    private final HttpClient http;
    private final Semaphore room = new Semaphore(MOST_AT_A_TIME);
    private final ConcurrentSkipListMap<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** @param token what the bridge knows the subscription by, null for none */
    public BridgePosts(URI url, @Nullable String token) {
        this(url, token, 1);
    }

    private BridgePosts(URI url, @Nullable String token, int attempts) {
        this.attempts = attempts;
        this.url = url;
        this.token = token;
        this.http = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** Sends again, for ten seconds at most, what a bridge has no room for. */
    public static BridgePosts patient(URI url, @Nullable String token) {
        return new BridgePosts(url, token, MOST_ATTEMPTS);
    }

    @Override
    public void send(byte[] notification) {
        room.acquireUninterruptibly();
        throwFailure();
        post(notification, 1);
    }

    private void post(byte[] notification, int attempt) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(notification));
        if (token != null) {
            request.header("Verification-Token", token);
        }
        var unused = http.sendAsync(request.build(), BodyHandlers.discarding()).whenComplete((response, thrown) -> {
            if (response != null && NO_ROOM.contains(response.statusCode()) && attempt < attempts) {
                CompletableFuture.delayedExecutor(PAUSE_MS, TimeUnit.MILLISECONDS)
                        .execute(() -> post(notification, attempt + 1));
            } else if (attempt == 1 && isLate(thrown)) {
                post(notification, attempt + 1);
            } else {
                answered(response, thrown);
            }
        });
    }

    /** Also after this process stood still, as on a closed laptop: then every request is late, and nothing is wrong. */
    private static boolean isLate(@Nullable Throwable thrown) {
        return thrown instanceof HttpTimeoutException
                || (thrown != null && thrown.getCause() instanceof HttpTimeoutException);
    }

    @Override
    public Delivered finish() {
        room.acquireUninterruptibly(MOST_AT_A_TIME);
        room.release(MOST_AT_A_TIME);
        throwFailure();
        TreeMap<String, Long> counts = new TreeMap<>();
        long taken = 0;
        long open = 0;
        for (var answer : answers.entrySet()) {
            counts.put(
                    answer.getKey() == NO_ANSWER
                            ? "unanswered"
                            : answer.getKey().toString(),
                    answer.getValue().sum());
            boolean good = answer.getKey() / 100 == GOOD;
            taken += good ? answer.getValue().sum() : 0;
            open += good || FOR_GOOD.contains(answer.getKey())
                    ? 0
                    : answer.getValue().sum();
        }
        return new Delivered(taken, open, counts);
    }

    @Override
    public void close() {
        // The client's threads end by themselves.
    }

    private void answered(@Nullable HttpResponse<?> response, @Nullable Throwable thrown) {
        boolean goesOn = attempts == 1 && !answers.isEmpty();
        if (response != null || goesOn) {
            answers.computeIfAbsent(response == null ? NO_ANSWER : response.statusCode(), status -> new LongAdder())
                    .increment();
        } else {
            failure.compareAndSet(null, thrown);
        }
        room.release();
    }

    /** Without a query, which can hold secrets; a bridge does not look at it. */
    public static String shown(URI url) {
        return url.toString().split("[?#]", 2)[0];
    }

    private void throwFailure() {
        Throwable thrown = failure.get();
        if (thrown == null) {
            return;
        }
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        String why = cause instanceof IOException && cause.getMessage() == null
                ? "nobody listens there"
                : String.valueOf(cause.getMessage());
        throw new SendingException("The bridge at " + shown(url) + " does not answer: " + why + ".", cause);
    }
}
