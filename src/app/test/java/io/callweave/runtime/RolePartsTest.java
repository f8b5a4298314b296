package io.callweave.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.callweave.runtime.options.RoleOptions;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.value.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES) // for what would hang
class RolePartsTest {

    private final List<String> happened = new CopyOnWriteArrayList<>();

    private record TestRole(RoleParts parts) implements RunningRole {

        static TestRole start(Duration stopTimeout, Consumer<RoleParts> start) {
            return RoleParts.start("test", new RoleOptions.Http("127.0.0.1", 0, List.of()), stopTimeout, parts -> {
                start.accept(parts);
                return new TestRole(parts);
            });
        }
    }

    @Test
    void shouldStopThePartsInReverseAndShowHealthUntilTheEnd() {
        TestRole role = TestRole.start(RoleParts.STOP_TIMEOUT, parts -> {
            happened.add(ready(parts));
            part(parts, "store");
            parts.keep(() -> happened.add(ready(parts)));
            part(parts, "server");
            parts.show(() -> new Health(true, true, "RUNNING"));
            happened.add(ready(parts));
        });

        role.close();

        assertThat(happened)
                .containsExactly(
                        "503 STARTING",
                        "start store",
                        "start server",
                        "200 RUNNING",
                        "stop server",
                        "503 STOPPING",
                        "stop store");
        assertThat(role.await()).isTrue();
        assertThat(role.awaitRunning()).isFalse();
    }

    @Test
    void shouldStopWhatStartedBeforeAPartThatFails() {
        AtomicReference<String> address = new AtomicReference<>();

        assertThatThrownBy(() -> TestRole.start(RoleParts.STOP_TIMEOUT, parts -> {
                    address.set(parts.httpAddress());
                    part(parts, "store");
                    part(parts, "feed");
                    throw new OperationsException("There is no such topic.");
                }))
                .isInstanceOf(OperationsException.class)
                .hasMessage("There is no such topic.");

        assertThat(happened).containsExactly("start store", "start feed", "stop feed", "stop store");
        assertThatThrownBy(() -> answer("GET", address.get())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldStopTheOtherPartsIfOneCannot() {
        TestRole role = TestRole.start(RoleParts.STOP_TIMEOUT, parts -> {
            part(parts, "store");
            parts.keep(() -> {
                throw new IllegalStateException("The disk is full.");
            });
            part(parts, "server");
        });

        role.close();

        assertThat(happened).endsWith("stop server", "stop store");
    }

    @Test
    void shouldGiveUpOnAPartThatDoesNotStopInTime() {
        CountDownLatch never = new CountDownLatch(1);
        TestRole role = TestRole.start(Duration.ofMillis(200), parts -> {
            part(parts, "store");
            parts.keep(never::await);
        });

        role.close();

        assertThat(role.await()).isTrue();
        assertThat(happened).containsExactly("start store");
        never.countDown();
    }

    @Test
    void shouldSayWhichAddressOfHealthIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> RoleParts.start(
                            "test",
                            new RoleOptions.Http("127.0.0.1", taken.getLocalPort(), List.of()),
                            RoleParts.STOP_TIMEOUT,
                            TestRole::new))
                    .isInstanceOf(OperationsException.class)
                    .hasMessage("Health and metrics cannot be served at 127.0.0.1:" + taken.getLocalPort()
                            + " (http.host, http.port): the address is in use, or does not belong to this machine.");
        }
    }

    /** Probes of an orchestrator come from addresses that nobody knows before. */
    @Test
    void shouldShowAllButHealthToAllowedNetworksOnly() throws Exception {
        InetAddress stranger = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(null);
        assumeThat(stranger).as("an address beside loopback").isNotNull();
        List<String> paths = List.of(
                "/health/live",
                "/health/ready",
                "/",
                "/metrics",
                "/health/accounts",
                "/health/live/",
                "/metrics;x=/health/live");

        Map<String, String> seen = new TreeMap<>();
        for (String allowed : List.of("0.0.0.0/0", "203.0.113.0/24")) {
            try (RoleParts parts = RoleParts.start(
                    "test",
                    new RoleOptions.Http(
                            "127.0.0.1", 0, Network.parse(allowed).stream().toList()),
                    RoleParts.STOP_TIMEOUT,
                    started -> started)) {
                parts.show("/health/accounts", RoleServer.Page.json("Accounts.", () -> "[]"));
                for (String path : paths) {
                    seen.merge(
                            path,
                            status(stranger, parts.httpAddress(), path) + " "
                                    + status(InetAddress.getLoopbackAddress(), parts.httpAddress(), path),
                            (one, other) -> one + " " + other);
                }
            }
        }

        String closed = "200 200 403 200";
        assertThat(seen)
                .isEqualTo(Map.of(
                        "/health/live", "200 200 200 200",
                        "/health/ready", "503 503 503 503",
                        "/", closed,
                        "/metrics", closed,
                        "/health/accounts", closed,
                        "/health/live/", closed,
                        "/metrics;x=/health/live", "404 404 403 404"));
    }

    /** One in a browser on this machine, of a site that got its own name to point here. */
    @Test
    void shouldShowOnlyHealthToThePageOfAnotherSite() throws Exception {
        Map<String, String> seen = new TreeMap<>();
        try (RoleParts parts = RoleParts.start(
                "test", new RoleOptions.Http("127.0.0.1", 0, List.of()), RoleParts.STOP_TIMEOUT, started -> started)) {
            for (String host :
                    List.of("site.example", "site.example:80", "localhost:80", "127.0.0.1", "[::1]:80", "node-1")) {
                String header = "Host: " + host + "\r\n";
                seen.put(
                        host,
                        status(InetAddress.getLoopbackAddress(), parts.httpAddress(), "/health/live", header) + " "
                                + status(InetAddress.getLoopbackAddress(), parts.httpAddress(), "/metrics", header));
            }
        }

        assertThat(seen)
                .isEqualTo(Map.of(
                        "site.example", "200 403",
                        "site.example:80", "200 403",
                        "localhost:80", "200 200",
                        "127.0.0.1", "200 200",
                        "[::1]:80", "200 200",
                        "node-1", "200 200"));
    }

    private static String status(InetAddress from, String address, String path) throws IOException {
        return status(from, address, path, "");
    }

    private static String status(InetAddress from, String address, String path, String headers) throws IOException {
        URI server = URI.create(address);
        try (Socket socket = new Socket(server.getHost(), server.getPort(), from, 0)) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.0\r\n" + headers + "\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8).split(" ")[1];
        }
    }

    @Test
    void shouldReportARoleThatFailsAndStopIt() {
        StringWriter said = new StringWriter();

        boolean done = RoleRun.untilItEnds(
                new PrintWriter(said, true),
                () -> TestRole.start(RoleParts.STOP_TIMEOUT, parts -> {
                    part(parts, "store");
                    parts.works();
                    parts.fails();
                }));

        assertThat(done).isFalse();
        assertThat(said.toString()).contains("callweave: test runs.", "callweave: test failed; the log says why.");
        assertThat(happened).containsExactly("start store", "stop store");
    }

    private void part(RoleParts parts, String name) {
        happened.add("start " + name);
        parts.keep(() -> happened.add("stop " + name));
    }

    private static String ready(RoleParts parts) {
        HttpResponse<String> answer = answer("GET", parts.httpAddress());
        HttpResponse<String> head = answer("HEAD", parts.httpAddress());
        assertThat(head.statusCode()).isEqualTo(answer.statusCode());
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(answer.headers().firstValue("Content-Length"));
        return answer.statusCode() + " " + answer.body().replaceFirst(".*\"state\":\"(\\w+)\".*", "$1");
    }

    private static HttpResponse<String> answer(String method, String address) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "/health/ready"))
                                    .method(method, HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
