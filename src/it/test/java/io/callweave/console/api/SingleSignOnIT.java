package io.callweave.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.callweave.OtherPrograms;
import io.callweave.TestJson;
import io.callweave.local.BoundPort;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines for nginx of docs/figures.md, before a console; instead of oauth2-proxy, a server that believes a header. */
@Tag("programs")
class SingleSignOnIT {

    /** What a browser says of itself. */
    private static final String CLAIMED = "/open";

    /** Of the sign-in; longer than the console takes. */
    private static final String SESSION = ("Cookie: s=" + "x".repeat(5_000) + "\r\n").repeat(2);

    private static final Pattern LINES = Pattern.compile("```nginx\n(.*?)```", Pattern.DOTALL);
    private static final String GROUP = "t".repeat(32);
    private static final String TYPED = "u".repeat(32);

    @TempDir
    private Path folder;

    private BoundPort port;
    private HttpServer signIn;
    private @Nullable Process nginx;

    @BeforeAll
    static void find() throws InterruptedException {
        if (!OtherPrograms.succeeds(List.of("nginx", "-v"))) {
            throw OtherPrograms.missing("Test of single sign-on", "there is no nginx.");
        }
    }

    @BeforeEach
    void startSignIn() throws IOException {
        port = new BoundPort();
        signIn = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        signIn.createContext("/oauth2/", exchange -> {
            exchange.getRequestBody().readAllBytes(); // waits for what is announced
            Headers request = exchange.getRequestHeaders();
            // As oauth2-proxy does with an address that needs no sign-in.
            boolean isOpen = List.of("X-Forwarded-Uri", "X-Forwarded-Host", "X-Forwarded-For", "X-Real-IP").stream()
                    .anyMatch(name -> request.getOrDefault(name, List.of()).contains(CLAIMED));
            String groups = isOpen ? "supervisors" : request.getFirst("X-Groups");
            if (groups != null) {
                exchange.getResponseHeaders().set("X-Auth-Request-Groups", groups);
            }
            boolean asked = exchange.getRequestURI().getPath().endsWith("/auth");
            exchange.sendResponseHeaders(asked ? (groups == null ? 401 : 202) : isOpen ? 500 : 200, -1);
            exchange.close();
        });
        signIn.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (nginx != null) {
            nginx.destroy();
            nginx.waitFor();
        }
        signIn.stop(0);
        port.close();
    }

    @Test
    void shouldAskPeopleOfNoGroupForAToken() throws Exception {
        try (FilledConsole console = new FilledConsole(folder.resolve("store"), GROUP + "=1," + TYPED + "=2")) {
            start(console);

            assertThat(accounts("supervisors", null)).contains("\"1\"");
            assertThat(accounts("agents,supervisors", null)).contains("\"1\"");
            assertThat(accounts("supervisors", TYPED)).contains("\"1\"");
            assertThat(accounts("agents", null)).isEqualTo("401");
            assertThat(accounts("no-supervisors", null)).isEqualTo("401");
            assertThat(accounts("agents", TYPED)).contains("\"2\"");
            assertThat(accounts(null, GROUP)).isEmpty(); // the page of the sign-in
        }
    }

    @Test
    void shouldShowNothingOfAConsoleWithoutTokens() throws Exception {
        try (FilledConsole console = new FilledConsole(folder.resolve("store"), "")) {
            start(console);

            assertThat(accounts("agents", null)).isEqualTo("403");
        }
    }

    @Test
    void shouldLetTheBrowserSeeThatAnExportBrokeOff() throws Exception {
        try (FilledConsole console = new FilledConsole(folder.resolve("store"), GROUP + "=1")) {
            ObjectNode call = (ObjectNode) TestJson.tree(Files.readString(Path.of("docs/examples/call.json")));
            call.put("accountId", "1").put("noise", "x".repeat(50_000));
            for (int i = 0; i < 400; i++) { // more than sockets hold
                console.put(call.put("callId", "s-" + i));
            }
            start(console);

            try (Socket browser = ask("POST /v1/calls/export", "supervisors", null, "{\"format\":\"ndjson\"}")) {
                InputStream in = browser.getInputStream();
                String begin = new String(in.readNBytes(1 << 16), UTF_8);
                console.closeStore();

                assertThat(begin).startsWith("HTTP/1.1 200").contains("Transfer-Encoding: chunked");
                assertThat(begin + new String(in.readAllBytes(), UTF_8)).doesNotEndWith("\r\n0\r\n\r\n");
            }
        }
    }

    private void start(FilledConsole console) throws IOException {
        Matcher lines = LINES.matcher(Files.readString(Path.of("docs/figures.md")));
        assertThat(lines.find()).isTrue();
        String server = lines.group(1)
                .replace("listen 443 ssl", "listen 127.0.0.1:" + port.number())
                .replace("4180", Integer.toString(signIn.getAddress().getPort()))
                .replace("8083", Integer.toString(console.at("/").getPort()))
                .replace("TOKEN-OF-THEIR-ACCOUNTS", GROUP);
        Path file = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; pid %1$s/pid; error_log stderr; events {}
                http { access_log off; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/f; uwsgi_temp_path %1$s/u; scgi_temp_path %1$s/s;
                %2$s}
                """.formatted(folder, server));
        nginx = new ProcessBuilder("nginx", "-c", file.toString(), "-e", "stderr")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        await().ignoreExceptions().until(() -> {
            new Socket(InetAddress.getLoopbackAddress(), port.number()).close();
            return true;
        });
    }

    /** What the console says of who asks; the status if that is an error. */
    private String accounts(@Nullable String groups, @Nullable String token) throws IOException {
        try (Socket socket = ask("GET /v1/me", groups, token, "")) {
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            String status = answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
            return status.equals("200")
                    ? answer.substring(answer.indexOf("\r\n\r\n")).strip()
                    : status;
        }
    }

    private Socket ask(String what, @Nullable String groups, @Nullable String token, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.number());
        String request = what + " HTTP/1.1\r\nHost: calls.example.com\r\nConnection: close\r\n"
                + "X-Forwarded-Uri: %1$s\r\nX-Forwarded-Host: %1$s\r\nX-Forwarded-For: %1$s\r\nX-Real-IP: %1$s\r\n"
                        .formatted(CLAIMED)
                + SESSION
                + (groups == null ? "" : "X-Groups: " + groups + "\r\n")
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n")
                + (body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n")
                + "\r\n"
                + body;
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }
}
