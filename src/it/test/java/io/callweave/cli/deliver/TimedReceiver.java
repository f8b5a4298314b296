package io.callweave.cli.deliver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/**
 * Endpoints in a process of their own, so that their CPU time is apart: {@code /good…} answers 200, {@code /500…} fails,
 * {@code /never…} does not answer, {@code /slow…} answers after a second. Prints its port. For the line {@code count} on stdin, it prints how many posts
 * the good ones got since the last report; for any other, a report about these: posts, seconds from the first to the last, and the milliseconds p50, p99 and longest
 * from the time in the id of the call to the post.
 */
final class TimedReceiver {

    private static final Map<String, Histogram> LATE = new ConcurrentHashMap<>();
    private static final AtomicLong FIRST = new AtomicLong(Long.MAX_VALUE);
    private static final AtomicLong LAST = new AtomicLong();
    private static final String GOOD = "good";

    private TimedReceiver() {}

    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Endpoints());
        server.start();
        System.out.println(connector.getLocalPort());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("count")) {
                Histogram good = LATE.get(GOOD);
                System.out.println(good == null ? 0 : good.getTotalCount());
            } else {
                report();
            }
        }
        System.exit(0);
    }

    private static void report() {
        Histogram good = LATE.remove(GOOD);
        long first = FIRST.getAndSet(Long.MAX_VALUE);
        if (good == null) {
            System.out.println("0 0 0 0 0");
            return;
        }
        System.out.println(good.getTotalCount() + " " + (LAST.get() - first) / 1_000.0 + " "
                + good.getValueAtPercentile(50) + " " + good.getValueAtPercentile(99) + " " + good.getMaxValue());
    }

    private static final class Endpoints extends Handler.Abstract.NonBlocking {

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws IOException {
            String path = Request.getPathInContext(request);
            String id = String.valueOf(request.getHeaders().get("webhook-id"));
            Content.Source.consumeAll(
                    request, Callback.from(() -> answer(path, id, response, callback), callback::failed));
            return true;
        }

        private void answer(String path, String id, Response response, Callback callback) {
            if (path.startsWith("/good")) {
                got(id);
                callback.succeeded();
            } else if (path.startsWith("/500")) {
                response.setStatus(500);
                callback.succeeded();
            } else if (path.startsWith("/slow")) {
                getServer().getScheduler().schedule(callback::succeeded, 1, TimeUnit.SECONDS);
            }
        }

        /** Ids are {@code call_ACCOUNT_s-TIME-NUMBER_EPOCH_REVISION}. */
        private static void got(String id) {
            long now = System.currentTimeMillis();
            String[] parts = id.split("_", -1);
            if (parts.length < 3 || !parts[0].equals("call")) {
                return;
            }
            FIRST.accumulateAndGet(now, Math::min);
            LAST.accumulateAndGet(now, Math::max);
            long emitted = Long.parseLong(parts[2].split("-", -1)[1]);
            LATE.computeIfAbsent(GOOD, name -> new ConcurrentHistogram(3_600_000, 3))
                    .recordValue(Math.max(0, now - emitted));
        }
    }
}
