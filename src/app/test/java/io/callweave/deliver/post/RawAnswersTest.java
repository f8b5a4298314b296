package io.callweave.deliver.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.Outcome;
import io.callweave.deliver.address.AddressGuard;
import io.callweave.settings.value.Network;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that no HTTP server of a library sends. */
class RawAnswersTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 199 New\r\n\r\n"
            })
    void shouldSkipInterimAnswers(String interim) throws Exception {
        Outcome outcome = post(out -> {
            write(out, interim);
            write(out, OK);
        });

        assertThat(outcome.detail()).isEqualTo("HTTP 200");
    }

    @Test
    void shouldNotReadInterimAnswersWithoutAnEnd() throws Exception {
        Outcome outcome = post(out -> {
            write(out, "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(100));
            write(out, OK);
        });

        assertThat(outcome.detail()).isEqualTo("the answer is too long");
    }

    /** Of three bytes each, thousands have room in a head, and take megabytes. */
    @Test
    void shouldNotReadVeryManyFieldsOfAHead() throws Exception {
        assertThat(post(out -> write(out, head(50))).detail()).isEqualTo("HTTP 200");
        assertThat(post(out -> write(out, head(1_000))).detail()).isEqualTo("the answer is too long");
    }

    private static String head(int fields) {
        return OK.replace("\r\n\r\n", "\r\n" + "A:b\r\n".repeat(fields) + "\r\n");
    }

    /** Each is a step for a thread that others need. */
    @Test
    void shouldNotReadManyChunksOfOneByte() throws Exception {
        Outcome outcome = post(out -> {
            write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            write(out, "1\r\nX\r\n".repeat(10_000));
            write(out, "0\r\n\r\n");
        });

        assertThat(outcome.detail()).isEqualTo("the answer is too long");
    }

    @Test
    void shouldSayThatAnAnswerIsNotHttp() throws Exception {
        Outcome outcome = post(out -> write(out, "220 mail.example.com ESMTP\r\n"));

        assertThat(outcome.detail()).isEqualTo("the answer is not HTTP");
    }

    private interface Answer {
        void write(OutputStream out) throws IOException;
    }

    /** To a server that answers one post. */
    private static Outcome post(Answer answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EndpointClient client = new EndpointClient(
                        new PostLimits(1, Duration.ofMinutes(3), Duration.ofMinutes(1)),
                        new AddressGuard(List.of(Network.parse("127.0.0.1").orElseThrow())))) {
            CompletableFuture<Outcome> ended = new CompletableFuture<>();
            Thread thread = new Thread(() -> serve(server, answer));
            thread.setDaemon(true);
            thread.start();
            client.post(
                    "1",
                    URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"),
                    Map.of(),
                    Tickets.body("{}"),
                    ended::complete);
            return ended.get(4, TimeUnit.MINUTES);
        }
    }

    private static void serve(ServerSocket server, Answer answer) {
        try (Socket socket = server.accept();
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            String header = in.readLine();
            while (header != null && !header.isEmpty()) {
                header = in.readLine();
            }
            answer.write(socket.getOutputStream());
            while (in.read() >= 0) {} // until the client closes
        } catch (IOException closed) {
            // The client does not wait for more.
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
