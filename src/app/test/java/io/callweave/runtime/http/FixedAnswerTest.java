package io.callweave.runtime.http;

import static io.callweave.runtime.http.RawRequests.ask;
import static io.callweave.runtime.http.RawRequests.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES) // for what would hang
class FixedAnswerTest {

    /** More than threads. */
    private static final int MANY = 300;

    private final byte[] large = new byte[16 << 20];
    private final List<Socket> open = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger made = new AtomicInteger();
    private HttpListener listener;

    @BeforeEach
    void start() {
        new Random(1).nextBytes(large);
        FixedAnswer answer = new FixedAnswer("application/octet-stream", large);
        CurrentAnswer current =
                new CurrentAnswer("text/plain", () -> "made " + made.incrementAndGet() + " " + "x".repeat(16 << 20));
        HttpListener.Place place = new HttpListener.Place("The test cannot", "127.0.0.1", 0, "none");
        listener = HttpListener.start(place, token -> Optional.empty(), options -> {
            options.routes.get("/large", answer::answer);
            options.routes.get("/current", current::answer);
            options.routes.get("/small", context -> context.result("small"));
        });
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket each : open) {
            each.close();
        }
        listener.close();
    }

    @Test
    void shouldBeWholeAndSayItsLength() throws Exception {
        HttpResponse<byte[]> answer = get("identity");

        assertThat(answer.body()).isEqualTo(large);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(large.length);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
    }

    @Test
    void shouldBeZippedForThoseWhoTakeThat() throws Exception {
        HttpResponse<byte[]> answer = get("deflate, gzip");

        assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(unzipped.readAllBytes()).isEqualTo(large);
        }
    }

    @Test
    void shouldNotBeZippedForThoseWhoRefuseThat() throws Exception {
        assertThat(get("gzip;q=0").headers().firstValue("Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/current"})
    void shouldHoldNoThreadForWhoDoesNotReadIt(String path) throws Exception {
        for (int i = 0; i < MANY; i++) {
            Socket stranger = connected();
            send(stranger, path);
            assertThat(stranger.getInputStream().read()).isPositive();
        }

        assertThat(ask(connected(), "/small")).startsWith("HTTP/1.1 200");
        assertThat(made).as("for all").hasValueLessThan(MANY / 2);
    }

    @Test
    void shouldBeNewAfterASecondIfItChanges() throws Exception {
        assertThat(ask(connected(), "/current")).contains("made 1 ");

        await().untilAsserted(() -> assertThat(ask(connected(), "/current")).contains("made 2 "));
    }

    private HttpResponse<byte[]> get(String encoding) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(listener.address() + "/large"))
                        .header("Accept-Encoding", encoding)
                        .build(),
                BodyHandlers.ofByteArray());
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket("127.0.0.1", listener.port());
        socket.setSoTimeout(20_000);
        open.add(socket);
        return socket;
    }
}
