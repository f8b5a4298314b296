package io.callweave.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many short lines a client can make the server remember. No head or trailer here is sent to its end, unless it is taken. */
class BoundedLinesTest {

    private static final String HEAD = "POST /taken HTTP/1.1\r\nHost: test\r\n";

    /** The beginning of the next line, which shows the parser that the line before is over. */
    private static final String NEXT = "a";

    private HttpListener listener;

    @BeforeEach
    void start() {
        HttpListener.Place place = new HttpListener.Place("The test cannot", "127.0.0.1", 0, "none");
        listener = HttpListener.start(
                place,
                token -> Optional.of("anybody"),
                options -> options.routes.post("/taken", context -> context.result("taken " + context.body())));
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void shouldTakeAHundredLines() throws Exception {
        assertThat(answer(HEAD + lines(97) + "Connection: close\r\nContent-Length: 4\r\n\r\nbody"))
                .startsWith("HTTP/1.1 200")
                .endsWith("taken body");
    }

    @Test
    void shouldRefuseTheNextLineAtOnce() throws Exception {
        assertThat(answer(HEAD + lines(100) + NEXT)).startsWith("HTTP/1.1 431").contains("Connection: close");
    }

    @Test
    void shouldCountTheLinesOfEachRequest() throws Exception {
        String kept = HEAD + lines(98) + "Content-Length: 0\r\n\r\n";

        assertThat(answer(kept + kept + HEAD + lines(100) + NEXT).split("HTTP/1.1 "))
                .extracting(each -> each.split(" ")[0])
                .containsExactly("", "200", "200", "431");
    }

    @Test
    void shouldTakeAHundredTrailers() throws Exception {
        assertThat(answer(chunked() + lines(100) + "\r\n"))
                .startsWith("HTTP/1.1 200")
                .endsWith("taken body");
    }

    @Test
    void shouldRefuseMoreTrailersAtOnce() throws Exception {
        assertThat(answer(chunked() + lines(101) + NEXT))
                .startsWith("HTTP/1.1 400")
                .contains("Connection: close");
    }

    /** Also when the server itself refuses it. */
    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/%u0041", "/../x", "/%00", "/taken"})
    void shouldAnswerHeadAsGetWithoutTheBody(String path) throws Exception {
        String request = " " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";

        assertThat(answer("HEAD" + request))
                .startsWith("HTTP/1.1 4")
                .isEqualTo(answer("GET" + request).replaceFirst("(?s)(?<=\r\n\r\n).*", ""));
    }

    @Test
    void shouldSayWhatIsWrongWithAPath() throws Exception {
        assertThat(answer("GET /%zz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .endsWith("{\"error\":{\"code\":\"refused\",\"message\":\"Bad Request\"}}");
    }

    @Test
    void shouldAnswerAlsoWhereThePathIsNoHost() throws Exception {
        assertThat(answer("CONNECT /%zz HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    private static String chunked() {
        return HEAD + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n";
    }

    private static String lines(int count) {
        return "a:a\r\n".repeat(count);
    }

    /** Until the server ends the connection. */
    private String answer(String sent) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", listener.port())) {
            socket.setSoTimeout(5_000); // half of the time for a head
            socket.getOutputStream().write(sent.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
