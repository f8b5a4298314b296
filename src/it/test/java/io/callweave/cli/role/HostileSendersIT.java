package io.callweave.cli.role;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.Callweave;
import io.callweave.local.BrokerProcess;
import io.callweave.local.ChildJvm;
import io.callweave.local.KeyStores;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bridge in a process of its own, and strangers who want all of its connections: each genuine webhook is taken, in the time
 * that RingCentral waits. Prints how long it took, from the moment when each was due. On a machine that does nothing else, the
 * properties below also ask for 4,000 connections, 200 webhooks a second, and {@code http,https}; with TLS, for few new
 * connections of known senders, as this machine has both ends of each handshake.
 */
@Tag("full")
class HostileSendersIT {

    private static final int HOSTILE = Integer.getInteger("callweave.test.hostile-connections", 1_500);
    private static final int PER_SECOND = Integer.getInteger("callweave.test.hostile-webhooks", 50);
    private static final int SECONDS = Integer.getInteger("callweave.test.hostile-seconds", 20);

    /** Of each so many webhooks, one comes on a connection of its own; 0 for none. */
    private static final int OF_NEW = Integer.getInteger("callweave.test.hostile-of-new", 2);

    private static final int WARM_UP_SECONDS = 8;

    /** So long waits RingCentral. */
    private static final int PATIENCE_MS = 3_000;

    private static final String TOKEN = "a-token-for-tests";
    private static final String NOTIFICATION = """
        {"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-01-02T03:04:05.678Z","body":\
        {"sequence":2,"telephonySessionId":"s-%d","eventTime":"2026-01-02T03:04:05.600Z","parties":[{"accountId":"1",\
        "extensionId":"7","id":"p-1","direction":"Inbound","status":{"code":"Setup"}}]}}\
        """;

    @TempDir
    private Path folder;

    private @Nullable SSLContext tls;

    /** Connections that are used again, as RingCentral's are. */
    private final LinkedBlockingQueue<Socket> kept = new LinkedBlockingQueue<>();

    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @MethodSource("schemes")
    void shouldTakeEveryWebhookBesideThousandsOfStrangers(String scheme) throws Exception {
        List<String> settings = new ArrayList<>();
        if (scheme.equals("https")) {
            Path store = KeyStores.make(folder, "bridge", "RSA");
            tls = KeyStores.context(store);
            settings.add("--bridge-tls-certificate=" + store);
            settings.add("--set=bridge.tls-password=" + KeyStores.PASSWORD);
        }
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                Topics.create(admin, TopicPlan.withPrefix(""), 3, (short) 1);
            }
            Process bridge = bridge(broker.bootstrapServers(), settings);
            try {
                URI webhooks = said("webhooks are taken at (https?://[\\d.:]+)");
                URI health = said("(http://[\\d.:]+)/health/ready");
                long[] alone = send(webhooks, WARM_UP_SECONDS);
                failures.clear(); // of a process that has just begun

                long opened;
                long[] beside;
                try (HostileSenders hostile = HostileSenders.start(webhooks, HOSTILE, pause(), tls)) {
                    await().until(() -> hostile.opened() >= HOSTILE);
                    beside = send(webhooks, SECONDS);
                    opened = hostile.opened();
                    assertThat(ready(health)).isEqualTo(200);
                }

                System.out.printf(
                        "%s: alone %s; beside %d strangers, %d connections in all: %s%n",
                        scheme, figures(alone), HOSTILE, opened, figures(beside));
                assertThat(failures).isEmpty();
            } finally {
                bridge.destroyForcibly().waitFor();
            }
        }
    }

    static Stream<String> schemes() {
        return Stream.of(
                System.getProperty("callweave.test.hostile-schemes", "http").split(","));
    }

    /** A handshake costs more than a connection: who could pay for many of them could also take all of the processor. */
    private Duration pause() {
        return Duration.ofSeconds(tls == null ? 5 : 30);
    }

    private Process bridge(String brokers, List<String> more) throws IOException {
        List<String> command = ChildJvm.command(
                Callweave.class.getName(),
                "-Dlogback.configurationFile=logback.xml",
                // It runs for long enough that the better compiler is worth it; that of RSA most of all.
                "-XX:TieredStopAtLevel=4");
        command.addAll(List.of(
                "bridge",
                "--bootstrap-servers=" + brokers,
                "--state-dir=" + folder.resolve("state"),
                "--set=bridge.spool.dir=" + folder.resolve("spool"),
                "--set=bridge.accounts=1",
                "--set=bridge.account-tokens=1=" + TOKEN,
                "--set=bridge.port=0",
                "--http-port=0"));
        command.addAll(more);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private URI said(String pattern) {
        return await().atMost(Installation.PATIENCE)
                .until(
                        () -> Pattern.compile(pattern)
                                .matcher(Files.readString(folder.resolve("log")))
                                .results()
                                .map((MatchResult found) -> URI.create(found.group(1)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static int ready(URI health) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(health.resolve("/health/ready")).build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** How long each took, sorted, in milliseconds. */
    private long[] send(URI webhooks, int seconds) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(100);
        List<Future<Long>> sent = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < seconds * PER_SECOND; i++) {
            long due = start + i * 1_000_000_000L / PER_SECOND;
            int number = i;
            LockSupport.parkNanos(due - System.nanoTime());
            sent.add(senders.submit(() -> {
                post(webhooks, number);
                return (System.nanoTime() - due) / 1_000_000;
            }));
        }
        long[] times = new long[sent.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = sent.get(i).get();
        }
        senders.shutdown();
        Arrays.sort(times);
        return times;
    }

    private static String figures(long[] times) {
        return "p50 " + times[times.length / 2] + " ms, p99 " + times[times.length * 99 / 100] + " ms, longest "
                + times[times.length - 1] + " ms, " + times.length + " webhooks";
    }

    private void post(URI webhooks, int number) {
        boolean isNew = OF_NEW > 0 && number % OF_NEW == 0;
        Socket free = isNew ? null : kept.poll();
        try {
            Socket socket = free == null ? connect(webhooks) : free;
            byte[] body = NOTIFICATION.formatted(number).getBytes(UTF_8);
            String head = "POST /webhooks/1 HTTP/1.1\r\nHost: bridge\r\nContent-Type: application/json\r\n"
                    + "Verification-Token: " + TOKEN + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write((head + new String(body, UTF_8)).getBytes(UTF_8));
            String answer = answer(socket.getInputStream());
            if (!answer.startsWith("HTTP/1.1 200 ")) {
                failures.add(answer);
            }
            if (isNew) {
                socket.close();
            } else {
                kept.add(socket);
            }
        } catch (IOException e) {
            failures.add(number + (free == null ? " on a new connection: " : " on one used before: ") + e);
        }
    }

    private Socket connect(URI webhooks) throws IOException {
        Socket socket = tls == null ? new Socket() : tls.getSocketFactory().createSocket();
        socket.connect(new InetSocketAddress(webhooks.getHost(), webhooks.getPort()), PATIENCE_MS);
        socket.setSoTimeout(PATIENCE_MS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Up to the end of its body, which is {@code {"status":"published"}}. */
    private static String answer(InputStream in) throws IOException {
        StringBuilder answer = new StringBuilder();
        byte[] buffer = new byte[1_024];
        while (answer.indexOf("}") < 0) {
            int read = in.read(buffer);
            if (read < 0) {
                throw new IOException("closed after \"" + answer + "\"");
            }
            answer.append(new String(buffer, 0, read, UTF_8));
        }
        return answer.toString();
    }
}
