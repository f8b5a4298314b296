package io.callweave.bench;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.RawHeader;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.spool.SpoolSettings;
import io.callweave.bridge.spool.SpooledSink;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Measures the time until a notification is safe, with and without a broker. */
public final class BridgeBench {

    private static final int MOST_CONNECTIONS = 64;
    private static final String PREFIX = "bench.";
    private static final long SPOOL_BYTES = 4L << 30;
    private static final int PARTITIONS = 12;
    private static final int BODY_BYTES = 900;
    private static final int SESSIONS = 1_000;
    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final int perSecond;
    private final Duration time;

    /** A phase with its figures. */
    public record Phase(String name, Arrivals.Result result) {}

    /** @param time of each phase, whole seconds */
    public BridgeBench(int perSecond, Duration time) {
        this.perSecond = perSecond;
        this.time = time;
    }

    /**
     * Runs the bridge and a broker in this process, and stops the broker halfway.
     *
     * @param progress is called when a phase begins
     */
    public List<Phase> safekeeping(Path directory, Consumer<String> progress) throws InterruptedException {
        EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
        try {
            try (Admin admin =
                    Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
                Topics.create(admin, PREFIX, PARTITIONS, (short) 1, Topics.Variant.STANDARD);
            }
            try (SpooledSink keeping =
                    SpooledSink.open(spool(directory.resolve("spool"), broker), new SimpleMeterRegistry())) {
                while (!keeping.isKafkaAnswering()) {
                    Thread.sleep(1); // before the measurement; the link does not report when it is up
                }
                Arrivals arrivals = new Arrivals(perSecond, number -> keep(keeping, number));
                List<Phase> phases = new ArrayList<>();
                progress.accept("warm-up");
                arrivals.run(time);
                phases.add(phase("broker up", arrivals, progress));
                broker.close();
                phases.add(phase("broker goes away", arrivals, progress));
                phases.add(phase("broker away", arrivals, progress));
                return phases;
            }
        } finally {
            broker.close();
        }
    }

    /**
     * Measures a bridge that runs somewhere else, over HTTP.
     *
     * @param token sent as the verification token; empty for none
     * @param account the account of the notifications
     */
    public List<Phase> http(URI url, String token, String account, Consumer<String> progress)
            throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        Arrivals arrivals =
                new Arrivals(perSecond, new Connections(MOST_CONNECTIONS, post(client, url, token, account)));
        progress.accept("warm-up");
        arrivals.run(time);
        return List.of(phase("over HTTP", arrivals, progress));
    }

    /** Sends over at most this many connections, like a real sender. The wait for a free one is part of the latency. */
    private static final class Connections implements IntFunction<CompletableFuture<Boolean>> {

        private final Semaphore free;
        private final IntFunction<CompletableFuture<Boolean>> send;
        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

        Connections(int most, IntFunction<CompletableFuture<Boolean>> send) {
            this.free = new Semaphore(most);
            this.send = send;
        }

        @Override
        public CompletableFuture<Boolean> apply(int number) {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            waiting.add(() -> {
                var unused = send.apply(number).whenComplete((accepted, failure) -> {
                    free.release();
                    if (failure == null) {
                        answer.complete(accepted);
                    } else {
                        answer.completeExceptionally(failure);
                    }
                    next();
                });
            });
            next();
            return answer;
        }

        private void next() {
            while (!waiting.isEmpty() && free.tryAcquire()) {
                Runnable one = waiting.poll();
                if (one == null) {
                    free.release();
                } else {
                    one.run();
                }
            }
        }
    }

    private Phase phase(String name, Arrivals arrivals, Consumer<String> progress) throws InterruptedException {
        progress.accept(name);
        return new Phase(name, arrivals.run(time));
    }

    private static IntFunction<CompletableFuture<Boolean>> post(
            HttpClient client, URI url, String token, String account) {
        String run = Long.toHexString(System.nanoTime());
        return number -> {
            HttpRequest.Builder request = HttpRequest.newBuilder(url)
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body(run, account, number)));
            if (!token.isEmpty()) {
                request.header("Verification-Token", token);
            }
            return client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                    .thenApply(response -> response.statusCode() == OK);
        };
    }

    private static SpoolSettings spool(Path directory, EmbeddedKafka broker) {
        return SpoolSettings.of(
                directory,
                SPOOL_BYTES,
                SpoolSettings.DEFAULT_KAFKA_TIMEOUT,
                List.of(Topic.NOTIFICATIONS.name(PREFIX), Topic.DEAD_LETTERS.name(PREFIX)),
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    private static CompletableFuture<Boolean> keep(SpooledSink keeping, int number) {
        RawRecord raw = new RawRecord(
                Topic.NOTIFICATIONS.name(PREFIX),
                session("bench", number).getBytes(StandardCharsets.UTF_8),
                body("bench", "1", number),
                List.of(new RawHeader(Headers.TRANSPORT, "webhook".getBytes(StandardCharsets.UTF_8))));
        return keeping.keep(raw).thenApply(kept -> kept == Kept.KEPT);
    }

    private static String session(String run, int number) {
        return "s-" + run + "-" + number % SESSIONS;
    }

    private static byte[] body(String run, String account, int number) {
        String head = ("{\"uuid\":\"%s-%d\",\"event\":\"/restapi/v1.0/account/%s/telephony/sessions\","
                        + "\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"body\":{\"sequence\":%d,"
                        + "\"telephonySessionId\":\"%s\",\"eventTime\":\"2026-01-01T00:00:00.000Z\",\"parties\":[{\"id\":"
                        + "\"p-1\",\"status\":{\"code\":\"Setup\"},\"padding\":\"")
                .formatted(run, number, account, 2 + number / SESSIONS, session(run, number));
        String tail = "\"}]}}";
        String padding = "x".repeat(Math.max(0, BODY_BYTES - head.length() - tail.length()));
        return (head + padding + tail).getBytes(StandardCharsets.UTF_8);
    }
}
