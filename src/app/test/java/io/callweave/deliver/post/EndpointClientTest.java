package io.callweave.deliver.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.Outcome;
import io.callweave.deliver.Outcome.Kind;
import io.callweave.deliver.address.AddressGuard;
import io.callweave.deliver.post.Receiver.Manner;
import io.callweave.deliver.subscription.SecretSource;
import io.callweave.local.KeyStores;
import io.callweave.settings.value.Network;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointClientTest {

    private static final List<Network> LOOPBACK =
            List.of(Network.parse("127.0.0.1").orElseThrow());

    /** ffdhe2048. */
    private static final int FIRST_FINITE_FIELD = 0x100;

    private static Receiver receiver;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        receiver = new Receiver(SecretSource.generate());
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    @ParameterizedTest
    @CsvSource({
        "OK, DELIVERED, HTTP 200",
        "SLOW, DELIVERED, HTTP 200",
        "LATE, DELIVERED, HTTP 200",
        "ERROR, FAILED, HTTP 500",
        "GONE, GONE, HTTP 410",
        "TOO_MANY, FAILED, HTTP 429",
        "REDIRECT, FAILED, HTTP 307; redirects are not followed",
        "CUT, FAILED, connection failed: EOFException",
        "LONG_BODY, FAILED, the answer is too long"
    })
    void shouldHearHowAPostEnded(Manner manner, Kind kind, String detail) {
        Outcome outcome = post(LOOPBACK, Duration.ofMinutes(3), receiver.endpoint("ends-" + manner, manner));

        assertThat(outcome.kind()).isEqualTo(kind);
        assertThat(outcome.detail()).isEqualTo(detail);
        assertThat(receiver.count("ends-" + manner)).isEqualTo(1);
    }

    /** How Jetty puts it depends on whether Java checks its assertions. */
    @Test
    void shouldEndAPostWhoseAnswerHasTooManyHeaders() {
        Outcome outcome = post(LOOPBACK, Duration.ofMinutes(3), receiver.endpoint("head", Manner.LONG_HEAD));

        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
    }

    @Test
    void shouldNotWaitForAnAnswerThatNeverComes() {
        Outcome outcome = post(LOOPBACK, Duration.ofMillis(200), receiver.endpoint("never", Manner.NEVER));

        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.detail()).isEqualTo("no answer in time");
    }

    @Test
    void shouldHearWhatAnEndpointAsksFor() {
        Outcome outcome = post(LOOPBACK, Duration.ofMinutes(3), receiver.endpoint("later", Manner.TOO_MANY));

        assertThat(outcome.retryAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldNotConnectToAnAddressThatIsNotAllowed() {
        String url = receiver.endpoint("private", Manner.OK);

        Outcome outcome = post(List.of(), Duration.ofMinutes(3), url);

        assertThat(outcome.kind()).isEqualTo(Kind.FAILED);
        assertThat(outcome.detail()).contains("deliver.allowed-networks");
        assertThat(receiver.count("private")).isZero();
    }

    /** Else what is signed, and the call, could be read on the way. */
    @Test
    void shouldNotConnectWithoutTlsToAnAddressThatTheOperatorDidNotName() {
        BiFunction<Executor, Scheduler, SocketAddressResolver> names =
                (threads, timeouts) -> new SharedLookups(threads, timeouts, Duration.ofMinutes(1), host ->
                        new InetAddress[] {InetAddress.getByAddress(new byte[] {8, 8, 8, 8})});
        PostLimits limits = new PostLimits(2, Duration.ofMillis(200), Duration.ofMinutes(1));
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        try (EndpointClient client = new EndpointClient(limits, new AddressGuard(LOOPBACK), names)) {
            client.post("1", URI.create("http://crm.example/"), Map.of(), Tickets.body("{}"), ended::complete);

            assertThat(ended.orTimeout(1, TimeUnit.MINUTES).join().detail())
                    .contains("without TLS", "deliver.allowed-networks");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost:1/",
                "https://127.0.0.1:1/",
                "https://2130706433:1/",
                "https://[::1]:1/",
                "https://[::ffff:127.0.0.1]:1/",
                "https://[::ffff:7f00:1]:1/",
                "https://0.0.0.0:1/",
                "https://[::]:1/",
                "https://169.254.169.254/",
                "https://[fd00:ec2::254]/"
            })
    void shouldRefuseWhateverTheAddressIsWrittenLike(String url) {
        assertThat(post(List.of(), Duration.ofMinutes(3), url).detail()).contains("deliver.allowed-networks");
    }

    @Test
    void shouldNotTrustACertificateThatNobodySigned() {
        // A server that does not speak TLS at all fails in the same place.
        String url = receiver.endpoint("tls", Manner.OK).replace("http:", "https:");

        assertThat(post(LOOPBACK, Duration.ofSeconds(2), url).kind()).isEqualTo(Kind.FAILED);
        assertThat(receiver.count("tls")).isZero();
    }

    @Test
    void shouldSayWhetherACertificateOrACipherIsTheReason() throws Exception {
        SSLServerSocketFactory sockets =
                KeyStores.context(KeyStores.make(folder, "server", "RSA")).getServerSocketFactory();
        for (String cipher : List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_128_CBC_SHA")) {
            try (SSLServerSocket listening = (SSLServerSocket) sockets.createServerSocket(0)) {
                listening.setEnabledProtocols(new String[] {"TLSv1.2"});
                listening.setEnabledCipherSuites(new String[] {cipher});
                Thread endpoint = new Thread(() -> {
                    try (Socket socket = listening.accept()) {
                        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    } catch (IOException ended) {
                        // As it has to be.
                    }
                });
                endpoint.start();

                Outcome outcome =
                        post(LOOPBACK, Duration.ofMinutes(3), "https://127.0.0.1:" + listening.getLocalPort() + "/");

                assertThat(outcome.detail())
                        .isEqualTo(
                                cipher.contains("ECDHE")
                                        ? "the TLS certificate is not accepted"
                                        : "TLS has no protocol or cipher in common with the server");
            }
        }
    }

    /** An endpoint chooses one of those that are offered, and some cost a hundred times what others do. */
    @Test
    void shouldOfferNoKeyExchangesThatCostMuch() throws Exception {
        CompletableFuture<List<Integer>> offered = new CompletableFuture<>();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread endpoint = new Thread(() -> {
                try (Socket socket = listening.accept()) {
                    offered.complete(groups(new DataInputStream(socket.getInputStream())));
                } catch (IOException e) {
                    offered.completeExceptionally(e);
                }
            });
            endpoint.start();

            post(LOOPBACK, Duration.ofSeconds(5), "https://127.0.0.1:" + listening.getLocalPort() + "/");

            assertThat(offered.join()).isNotEmpty().allMatch(group -> group < FIRST_FINITE_FIELD);
        }
    }

    /** Each would keep a thread, and there are a few: not even the timeout of its post would come. */
    @Test
    void shouldEndAPostWhoseHandshakeHasNoEnd() throws Exception {
        byte[] warning = {21, 3, 3, 0, 2, 1, 90};
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread endpoint = new Thread(() -> {
                try (Socket socket = listening.accept()) {
                    while (true) {
                        socket.getOutputStream().write(warning);
                    }
                } catch (IOException ended) {
                    // As it has to be.
                }
            });
            endpoint.start();

            Outcome outcome =
                    post(LOOPBACK, Duration.ofMinutes(3), "https://127.0.0.1:" + listening.getLocalPort() + "/");

            // The client may notice the closed connection before it reports the failure of TLS.
            assertThat(outcome.detail()).matches("TLS failed|connection failed: .*");
        }
    }

    /** The groups in a first message of TLS (RFC 8446, 4.1.2 and 4.2.7). */
    private static List<Integer> groups(DataInputStream in) throws IOException {
        in.skipNBytes(5 + 4 + 2 + 32);
        in.skipNBytes(in.readUnsignedByte());
        in.skipNBytes(in.readUnsignedShort());
        in.skipNBytes(in.readUnsignedByte());
        in.skipNBytes(2);
        while (in.readUnsignedShort() != 10) {
            in.skipNBytes(in.readUnsignedShort());
        }
        in.skipNBytes(2);
        List<Integer> groups = new ArrayList<>();
        for (int left = in.readUnsignedShort(); left > 0; left -= 2) {
            groups.add(in.readUnsignedShort());
        }
        return groups;
    }

    /** A subscriber chooses the name, and so the server that looks it up; and can have many accounts. */
    @Test
    void shouldPostWhileOtherAccountsLookManyNamesUp() {
        CountDownLatch end = new CountDownLatch(1);
        BiFunction<Executor, Scheduler, SocketAddressResolver> names =
                (threads, timeouts) -> new SharedLookups(threads, timeouts, Duration.ofMinutes(1), host -> {
                    if (host.endsWith(".example")) {
                        awaitUninterruptibly(end);
                    }
                    return new InetAddress[] {InetAddress.getLoopbackAddress()};
                });
        PostLimits limits = new PostLimits(2, Duration.ofMinutes(3), Duration.ofMinutes(1));
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        try (EndpointClient client = new EndpointClient(limits, new AddressGuard(LOOPBACK), names)) {
            for (int i = 0; i < 1_100; i++) {
                client.post(
                        "1" + i % 60,
                        URI.create("https://" + i + ".example/"),
                        Map.of(),
                        Tickets.body("{}"),
                        outcome -> {});
            }

            String url = receiver.endpoint("beside", Manner.OK).replace("127.0.0.1", "localhost");
            client.post("2", URI.create(url), Map.of(), Tickets.body("{}"), ended::complete);

            assertThat(ended.orTimeout(20, TimeUnit.SECONDS).join().kind()).isEqualTo(Kind.DELIVERED);
            end.countDown();
        }
    }

    /** An account can have a hundred endpoints that keep a body of megabytes each for as long as a post may take. */
    @Test
    void shouldBeginNoPostOfAnAccountWhileItsBodiesTakeMuchMemory() {
        PostLimits limits = new PostLimits(2, Duration.ofSeconds(2), Duration.ofMinutes(1));
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> other = new CompletableFuture<>();
        try (EndpointClient client = new EndpointClient(limits, new AddressGuard(LOOPBACK))) {
            URI silent = URI.create(receiver.endpoint("silent", Manner.NEVER));
            client.post("1", silent, Map.of(), Tickets.body("x".repeat(17 << 20)), ended::complete);
            client.memory().await("1", 1, () -> own.complete(ended.isDone()));
            client.memory().await("2", 1, () -> other.complete(true));

            assertThat(other.orTimeout(1, TimeUnit.MINUTES).join()).isTrue();
            assertThat(own.orTimeout(1, TimeUnit.MINUTES).join()).isTrue();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch end) {
        boolean over = false;
        while (!over) {
            try {
                end.await();
                over = true;
            } catch (InterruptedException e) {
                // As a lookup of the system.
            }
        }
    }

    private static Outcome post(List<Network> allowed, Duration timeout, String url) {
        PostLimits limits = new PostLimits(2, timeout, Duration.ofMinutes(1));
        CompletableFuture<Outcome> ended = new CompletableFuture<>();
        try (EndpointClient client = new EndpointClient(limits, new AddressGuard(allowed))) {
            client.post("1", URI.create(url), Map.of("webhook-id", "call_1"), Tickets.body("{}"), ended::complete);
            return ended.orTimeout(4, TimeUnit.MINUTES).join();
        }
    }
}
