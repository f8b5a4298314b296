package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES) // for what would hang
class SlowReadersTest {

    /** More than the sockets hold. */
    private static final int SIZE = 16 << 20;

    private final BlockingQueue<String> answered = new LinkedBlockingQueue<>();
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        SlowReaders slow = new SlowReaders(1 << 20, Duration.ofSeconds(1));
        slow.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                try (var out = Content.Sink.asOutputStream(response)) {
                    for (int i = 0; i < SIZE; i += 32_768) {
                        out.write(new byte[32_768]);
                    }
                    answered.add("whole");
                    callback.succeeded();
                } catch (Exception e) {
                    answered.add("broken");
                    callback.failed(e);
                }
                return true;
            }
        });
        server.setHandler(slow);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
    }

    @Test
    void shouldEndAnAnswerThatIsReadTooSlowly() throws Exception {
        try (Socket client = ask()) {
            InputStream in = client.getInputStream();
            for (int i = 0; i < 600 && answered.isEmpty(); i++) {
                assertThat(in.readNBytes(10_000)).isNotEmpty(); // 100 KB a second
                Thread.sleep(100);
            }

            assertThat(answered.poll()).isEqualTo("broken");
        }
    }

    @Test
    void shouldLetAClientReadAtItsOwnSpeed() throws Exception {
        try (Socket client = ask()) {
            InputStream in = client.getInputStream();
            while (answered.isEmpty()) {
                assertThat(in.readNBytes(200_000)).isNotEmpty();
                Thread.sleep(20);
            }

            assertThat(answered.poll(1, TimeUnit.MINUTES)).isEqualTo("whole");
        }
    }

    private Socket ask() throws Exception {
        Socket client = new Socket();
        client.setReceiveBufferSize(1 << 16);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return client;
    }
}
