package io.callweave.bridge.webhook;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.BoundPort;
import io.callweave.local.ChildJvm;
import io.callweave.local.Signals;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bridge} with the log that users see, and senders who mean harm. */
@Tag("full")
class SenderTextIT {

    private static final String NUMBER = "15559876543";
    private static final String SECRET = "hunter2";

    /** The second lines are headers; each is sent with CR LF, and an empty line at the end. */
    private static final List<String> HOSTILE = List.of(
            "POST /hook HTTP/1.1|Host: x:+" + NUMBER,
            "POST /hook HTTP/1.1|Host: " + SECRET + "@+" + NUMBER + ":" + SECRET,
            "CONNECT /" + SECRET + " HTTP/1.1|Host: b",
            "CONNECT " + SECRET + ":+" + NUMBER + " HTTP/1.1|Host: b",
            "POST http://" + SECRET + ":+" + NUMBER + "/hook HTTP/1.1|Host: b",
            "POST " + SECRET + " HTTP/1.1|Host: b",
            "POST /%zz" + SECRET + " HTTP/1.1|Host: b",
            "POST /..;/" + SECRET + "/../../.. HTTP/1.1|Host: b",
            "POST /%2e%2e/%00" + SECRET + " HTTP/1.1|Host: b",
            "POST /hook?" + SECRET + "=%u12 HTTP/" + SECRET + "|Host: b",
            SECRET + " /hook HTTP/1.1|Host: b",
            "OPTIONS * HTTP/1.1|Host: +" + NUMBER + ":x",
            "POST /hook HTTP/1.1|Host: b|" + SECRET + " " + NUMBER + ": x",
            "POST /hook HTTP/1.1|Host: b|Content-Length: +" + NUMBER,
            "POST /hook HTTP/1.1|Host: b|Content-Length: " + SECRET,
            "POST /hook HTTP/1.1|Host: b|Transfer-Encoding: " + SECRET,
            "POST /hook HTTP/1.1|Host: b|Transfer-Encoding: chunked||" + SECRET + NUMBER,
            "POST /hook HTTP/1.1|Host: b|Expect: " + SECRET,
            "POST /hook HTTP/1.1|Host: b|Content-Type: " + SECRET + "; charset=" + SECRET,
            "POST /hook HTTP/1.1|Host: b|Connection: Upgrade|Upgrade: " + SECRET,
            "POST /hook HTTP/1.1|Host: b|Cookie: " + SECRET + "=\"" + NUMBER,
            "GET /hook HTTP/1.1|Host: b|Validation-Token: " + SECRET + " " + NUMBER,
            "TRACE /" + SECRET + " HTTP/1.1|Host: b",
            "PRI * HTTP/2.0||SM " + SECRET,
            "\u0016\u0003\u0001" + SECRET);

    @TempDir
    private Path directory;

    private BoundPort port;
    private BoundPort operationsPort;
    private Process process;
    private String address;

    @BeforeEach
    void start() throws IOException {
        port = new BoundPort();
        operationsPort = new BoundPort();
        address = "http://127.0.0.1:" + port.number();
        List<String> command = ChildJvm.command(
                "io.callweave.cli.Callweave",
                "-Dlogback.configurationFile="
                        + Path.of("src", "app", "main", "resources", "logback.xml")
                                .toUri());
        command.addAll(List.of(
                "bridge",
                "--bootstrap-servers=127.0.0.1:1",
                "--bridge-port=" + port.number(),
                "--http-port=" + operationsPort.number(),
                "--bridge-accounts=1=/hook",
                "--bridge-answer-timeout=1s",
                "--state-dir=" + directory.resolve("state"),
                "--bridge-spool-dir=" + directory.resolve("spool")));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        await().ignoreExceptions().until(() -> {
            RawHttp.connect(address).close();
            return true;
        });
    }

    @AfterEach
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
        port.close();
        operationsPort.close();
    }

    @Test
    void shouldLogNothingOfWhatSendersWrote() throws Exception {
        for (String request : HOSTILE) {
            send((request.replace("|", "\r\n") + "\r\n\r\n"));
        }

        assertThat(logAfterTheEnd())
                .contains("127.0.0.1") // it is the right log
                .doesNotContain(NUMBER, SECRET)
                .doesNotContain("\tat ");
    }

    /** What goes on coming after the answer meets a request that is over. */
    @Test
    void shouldLogNoFailureWhenSlowBodiesGoOnAfterTheAnswer() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            Socket socket = RawHttp.connect(address);
            socket.getOutputStream()
                    .write(("POST /hook HTTP/1.1\r\nHost: b\r\nContent-Length: 900000\r\n\r\n{" + SECRET)
                            .getBytes(ISO_8859_1));
            slow.add(socket);
        }
        List<Thread> dripping = slow.stream().map(SenderTextIT::drip).toList();
        for (Socket socket : slow) {
            // The time for the body and that for the answer are over together, so either may be said.
            assertThat(RawHttp.parse(RawHttp.readAll(socket)).status()).isIn(408, 503);
        }
        for (Socket socket : slow) {
            socket.close();
        }
        for (Thread each : dripping) {
            each.join();
        }

        assertThat(logAfterTheEnd()).doesNotContain(SECRET, "\tat ", "NullPointerException", "The HTTP server warns");
    }

    /**
     * So often that some bytes meet the very end of the time, until the connection is closed; the body is so long that no
     * machine is fast enough to end it.
     */
    private static Thread drip(Socket socket) {
        Thread drip = new Thread(() -> {
            try {
                while (true) {
                    socket.getOutputStream().write('x');
                    LockSupport.parkNanos(300_000);
                }
            } catch (IOException over) {
                // That is what is waited for.
            }
        });
        drip.setDaemon(true);
        drip.start();
        return drip;
    }

    private void send(String request) throws IOException {
        try (Socket socket = RawHttp.connect(address)) {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            RawHttp.readAll(socket);
        }
    }

    private String logAfterTheEnd() throws Exception {
        Signals.send("TERM", process);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return Files.readString(log());
    }

    private Path log() {
        return directory.resolve("process.log");
    }
}
