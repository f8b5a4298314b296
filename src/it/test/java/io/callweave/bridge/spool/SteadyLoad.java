package io.callweave.bridge.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts numbered notifications, so many a second whether or not they are answered, and remembers each answer's status. One without
 * an answer has the status 0: whether it was kept is not known. No body is posted twice.
 */
final class SteadyLoad implements AutoCloseable {

    static final String ACCOUNT = "809646016";

    private static final int KEYS = 50;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final URI target;
    private final long intervalNanos;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread = new Thread(this::run, "load");
    private int next;

    SteadyLoad(URI target, int aSecond) {
        this.target = target;
        intervalNanos = 1_000_000_000L / aSecond;
        thread.start();
    }

    /** The status of each body. Complete after {@link #close()}. */
    Map<String, Integer> statuses() {
        return statuses;
    }

    long count(int status) {
        return statuses.values().stream().filter(each -> each == status).count();
    }

    /** Waits for the last answers. */
    @Override
    public void close() {
        stopped.set(true);
        while (thread.isAlive()) {
            LockSupport.parkNanos(10_000_000);
        }
        while (open.get() > 0) {
            LockSupport.parkNanos(10_000_000);
        }
    }

    private void run() {
        long due = System.nanoTime();
        while (!stopped.get()) {
            post(next++);
            due += intervalNanos;
            long wait = due - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
        }
    }

    private void post(int number) {
        String body = ("{\"uuid\":\"%d\",\"event\":\"/restapi/v1.0/account/%s/telephony/sessions\",\"body\":{"
                        + "\"sequence\":%d,\"telephonySessionId\":\"s-%d\",\"text\":\"caf\u00e9 %s\",\"parties\":[{\"id\":\"p-1\"}]}}")
                .formatted(number, ACCOUNT, 2 + number / KEYS, number % KEYS, "x".repeat(number % 1_500));
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
                .build();
        open.incrementAndGet();
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((response, failure) -> {
                    // What was not safe in time can become safe later, as without an answer.
                    boolean known = failure == null && !response.body().contains("notInTime");
                    statuses.put(body, known ? response.statusCode() : 0);
                    open.decrementAndGet();
                });
    }
}
