package io.callweave.runtime.http;

import static io.callweave.runtime.http.RawRequests.ask;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class LeaversInSharesTest {

    private final Semaphore begun = new Semaphore(0);
    private final Semaphore waiting = new Semaphore(0);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Queue<String> answered = new ConcurrentLinkedQueue<>();

    /** Else a few kilobytes would keep the share of an owner, and the processors, busy long after their sender has gone. */
    @Test
    void shouldNotWorkForWhoHasLeftWhileWaiting() throws Exception {
        try (HttpListener listener = listening()) {
            List<Socket> working = new ArrayList<>();
            for (int i = 0; i < Shares.AT_ONCE; i++) {
                working.add(sent(listener, "/working"));
            }
            await(begun, Shares.AT_ONCE);
            for (int i = 0; i < 20; i++) {
                Socket leaving = sent(listener, "/left");
                await(waiting, 1);
                leaving.close();
            }
            Socket stays = sent(listener, "/stays");
            await(waiting, 1);
            released.countDown();

            working.add(stays);
            for (Socket each : working) {
                assertThat(answer(each)).startsWith("HTTP/1.1 200");
                each.close();
            }
            try (Socket next = new Socket("127.0.0.1", listener.port())) {
                assertThat(ask(next, "/next")).startsWith("HTTP/1.1 200");
            }
        }
        assertThat(answered).contains("/stays", "/next").doesNotContain("/left");
    }

    private HttpListener listening() {
        Shares shares = new Shares(new Work(), token -> Optional.of("owner"));
        return HttpListener.start(
                new HttpListener.Place("It cannot", "127.0.0.1", 0, "none"),
                HttpLimits.OF_ROUTES,
                new Handler.Wrapper(shares) {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) throws Exception {
                        boolean handled = super.handle(request, response, callback);
                        waiting.release();
                        return handled;
                    }
                },
                new JsonErrors(),
                closed -> {});
    }

    private final class Work extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            begun.release();
            await(released);
            answered.add(request.getHttpURI().getPath());
            callback.succeeded();
            return true;
        }
    }

    private static void await(Semaphore permits, int count) throws InterruptedException {
        assertThat(permits.tryAcquire(count, 10, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Socket sent(HttpListener listener, String path) throws IOException {
        Socket socket = new Socket("127.0.0.1", listener.port());
        RawRequests.send(socket, path);
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        byte[] answer = new byte[1_000];
        int length = socket.getInputStream().read(answer);
        return new String(answer, 0, Math.max(0, length), US_ASCII);
    }
}
