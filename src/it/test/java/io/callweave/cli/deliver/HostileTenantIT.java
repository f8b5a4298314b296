package io.callweave.cli.deliver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.RoleProcess;
import io.callweave.local.BrokerProcess;
import io.callweave.runtime.CloseStack;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A deliverer in a process of its own, and a tenant that takes up all it can of its API: bodies that drip, and many requests of
 * all kinds at a time. Another tenant gets each of its answers. Prints how long they took.
 */
@Tag("full")
class HostileTenantIT {

    private static final String HOSTILE = "h".repeat(32);
    private static final String OTHER = "t".repeat(32);
    private static final Pattern ADDRESS = Pattern.compile("subscriptions is at (http://[\\d.:]+)");
    private static final List<String> REQUESTS = List.of(
            "GET subscriptions ",
            "POST subscriptions/sub-1/test ",
            "POST subscriptions/sub-1/rotate ",
            "DELETE subscriptions/sub-1 ",
            "POST subscriptions {\"url\":\"https://crm.example.com/calls\",\"account\":\"1\"}",
            "POST retry {\"all\":true}");
    private static final int DRIPPING = 260;
    private static final int AT_A_TIME = 40;
    private static final int ROUNDS = 50;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Long> times = new ArrayList<>();
    private volatile boolean ended;

    @Test
    void shouldAnswerATenantBesideAHostileOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try (CloseStack opened = new CloseStack()) {
            BrokerProcess broker = opened.keep(BrokerProcess.start(folder.resolve("kafka")));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                Topics.create(admin, TopicPlan.withPrefix("t."), 2, (short) 1);
            }
            opened.keep(deliver(broker.bootstrapServers()));
            URI api = address();
            await().until(() -> send(api, "GET", "/v1/subscriptions", OTHER, "").statusCode() == 200);
            round(api);
            String alone = figures();
            for (int i = 0; i < DRIPPING; i++) {
                Socket socket = opened.keep(new Socket(api.getHost(), api.getPort()));
                socket.getOutputStream()
                        .write(("POST /v1/retry HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + HOSTILE
                                        + "\r\nContent-Length: 10000\r\n\r\n{")
                                .getBytes(US_ASCII));
            }
            AtomicInteger asked = new AtomicInteger();
            for (int i = 0; i < AT_A_TIME; i++) {
                threads.execute(() -> ask(api, asked));
            }
            await().until(() -> asked.get() > AT_A_TIME);

            for (int i = 0; i < ROUNDS; i++) {
                round(api);
            }

            System.out.printf(
                    "first requests alone: %s; beside %d dripping bodies and %d requests: %s%n",
                    alone, DRIPPING, asked.get(), figures());
        } finally {
            ended = true;
            threads.shutdownNow();
        }
    }

    /** One of each, with the answers that it has without anybody else. */
    private void round(URI api) throws Exception {
        HttpResponse<String> created = timed(
                api, "POST", "/v1/subscriptions", "{\"url\":\"https://crm.example.com/calls\",\"account\":\"2\"}");
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        String path = "/v1/subscriptions/"
                + new ObjectMapper()
                        .readTree(created.body())
                        .at("/subscription/id")
                        .asText();
        assertThat(timed(api, "GET", "/v1/subscriptions", "").body())
                .contains(path.substring(path.lastIndexOf('/') + 1));
        assertThat(timed(api, "POST", path + "/test", "").statusCode()).isEqualTo(202);
        assertThat(timed(api, "DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(timed(api, "GET", path, "").statusCode()).isEqualTo(404);
        Thread.sleep(300); // below its rate
    }

    private HttpResponse<String> timed(URI api, String method, String path, String body) throws Exception {
        long begun = System.nanoTime();
        HttpResponse<String> answer = send(api, method, path, OTHER, body);
        times.add((System.nanoTime() - begun) / 1_000_000);
        return answer;
    }

    private String figures() {
        List<Long> sorted = times.stream().sorted().toList();
        times.clear();
        return "p50 " + sorted.get(sorted.size() / 2) + " ms, p99 " + sorted.get(sorted.size() * 99 / 100)
                + " ms, longest " + sorted.get(sorted.size() - 1) + " ms, " + sorted.size() + " requests";
    }

    private void ask(URI api, AtomicInteger asked) {
        while (!ended) {
            try {
                for (String request : REQUESTS) {
                    String[] words = request.split(" ", -1);
                    var unused = send(api, words[0], "/v1/" + words[1], HOSTILE, words[2]);
                    asked.incrementAndGet();
                }
            } catch (IOException sentAway) {
                // It comes again.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private HttpResponse<String> send(URI api, String method, String path, String token, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(api.resolve(path))
                        .method(method, BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    private RoleProcess deliver(String brokers) throws IOException {
        Path keys =
                Files.writeString(folder.resolve("keys"), Base64.getEncoder().encodeToString(new byte[32]));
        return RoleProcess.start(
                "deliver",
                folder.resolve("log"),
                Map.of(),
                "--bootstrap-servers=" + brokers,
                "--topics-prefix=t.",
                "--state-dir=" + folder.resolve("state"),
                "--http-port=0",
                "--set=deliver.key-file=" + keys,
                "--set=deliver.api-port=0",
                "--set=deliver.api-tokens=" + HOSTILE + "=1," + OTHER + "=2");
    }

    private URI address() {
        return await().until(
                        () -> ADDRESS.matcher(Files.readString(folder.resolve("log")))
                                .results()
                                .map((MatchResult found) -> URI.create(found.group(1)))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
