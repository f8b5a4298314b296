package io.callweave.ringcentral.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.callweave.ringcentral.doctor.Finding.Weight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whether an address answers as RingCentral wants. */
class AddressProbeTest {

    private HttpServer http;

    @BeforeEach
    void start() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/good", exchange -> answer(exchange, 200, true, 10));
        http.createContext("/mute", exchange -> answer(exchange, 200, false, 10));
        http.createContext("/large", exchange -> answer(exchange, 200, true, 2_000));
        http.start();
    }

    @AfterEach
    void stop() {
        http.stop(0);
    }

    @Test
    void shouldAcceptAnAddressThatRepeatsTheToken() throws InterruptedException {
        assertThat(probe("/good").weight()).isEqualTo(Weight.FINE);
    }

    @Test
    void shouldSayWhatIsWrongWithAnAnswer() throws InterruptedException {
        assertThat(probe("/mute").sentence()).contains("does not repeat the header");
        assertThat(probe("/large").sentence()).contains("more than 1,024 bytes");
        assertThat(probe("/nothing").sentence()).contains("status 404");
    }

    @Test
    @Timeout(60) // stops a test that hangs
    void shouldNotReadAnAnswerToAnEndThatItDoesNotHave() throws InterruptedException {
        for (String path : List.of("/endless", "/time/0")) {
            http.createContext(path, AddressProbeTest::answerWithoutEnd);
        }

        assertThat(probe("/endless").sentence()).contains("more than 1,024 bytes");
        assertThat(PubNubProbe.of(HttpClient.newHttpClient(), address("")).weight())
                .isEqualTo(Weight.FINE);
    }

    private static void answerWithoutEnd(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders()
                    .add(
                            "Validation-Token",
                            String.valueOf(exchange.getRequestHeaders().getFirst("Validation-Token")));
            exchange.sendResponseHeaders(200, 0);
            while (true) {
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() throws InterruptedException {
        URI address = address("/good");
        http.stop(0);

        assertThat(AddressProbe.ask(HttpClient.newHttpClient(), address).sentence())
                .isEqualTo("The address " + address + " cannot be reached from here.");
    }

    @Test
    void shouldWantHttps() throws InterruptedException {
        assertThat(AddressProbe.of(HttpClient.newHttpClient(), address("/good")).sentence())
                .contains("does not begin with https");
    }

    @Test
    void shouldTellAPortWithoutTlsFromAWrongCertificate() throws IOException, InterruptedException {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> refuse(plain));
            server.start();
            URI address = URI.create("https://127.0.0.1:" + plain.getLocalPort() + "/good");

            assertThat(AddressProbe.of(HttpClient.newHttpClient(), address).sentence())
                    .startsWith("The address " + address + " ")
                    .as("the client reads the answer, or sees only that the connection ends")
                    .containsAnyOf("does not answer with TLS.", "breaks off the connection instead of an answer.");
            server.join();
        }
    }

    /** As web servers do with a TLS handshake on a port for plain HTTP. */
    private static void refuse(ServerSocket plain) {
        try (Socket client = plain.accept()) {
            client.getInputStream().read();
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Finding probe(String path) throws InterruptedException {
        return AddressProbe.ask(HttpClient.newHttpClient(), address(path));
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + path);
    }

    private static void answer(HttpExchange exchange, int status, boolean echo, int bytes) throws IOException {
        try (exchange) {
            if (echo) {
                exchange.getResponseHeaders()
                        .add("Validation-Token", exchange.getRequestHeaders().getFirst("Validation-Token"));
            }
            exchange.sendResponseHeaders(status, bytes);
            exchange.getResponseBody().write(new byte[bytes]);
        }
    }
}
