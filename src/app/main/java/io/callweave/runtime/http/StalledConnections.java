package io.callweave.runtime.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that take too long to send a request. Jetty's own timeouts start again with every byte, so one byte a
 * second would hold a connection without limit. When nearly all connections are taken, those that have kept the server
 * waiting for the rest of a head or a body for the longest make room for new ones. Thread-safe.
 */
final class StalledConnections implements Connection.Listener {

    /** A tenth of the connections is kept for new ones. */
    private static final int SPARE_PART = 10;

    /** A sender on another continent needs less for TLS, head and body. A younger connection is never cut. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private static final long SHORTEST_SWEEP_MILLIS = 50;

    private final long requestNanos;
    private final long idleNanos;
    private final LongSupplier nanoTime;
    private final int crowded;
    private final AtomicInteger shed = new AtomicInteger();
    private final Map<EndPoint, Wait> waits = new ConcurrentHashMap<>();

    /** What a connection still has to send, and since when. */
    private static final class Wait {

        /** When it must have sent a whole head; does not count while a request is being answered. */
        private volatile long until;

        private volatile boolean answering;

        /** Whether the rest of a head or of a body is missing. Unknown, so false, for the next request on a connection. */
        private volatile boolean owing = true;

        private volatile long owingSince;

        private Wait(long now, long until) {
            owingSince = now;
            this.until = until;
        }
    }

    /** How long the server has waited at one moment; the {@link Wait} itself can change while it is compared. */
    private record Waiting(EndPoint endPoint, long nanos) {}

    StalledConnections(HttpLimits limits, LongSupplier nanoTime) {
        requestNanos = limits.requestTimeout().toNanos();
        idleNanos = limits.idleTimeout().toNanos();
        this.nanoTime = nanoTime;
        crowded = limits.maxConnections() - Math.max(1, limits.maxConnections() / SPARE_PART);
    }

    @Override
    public void onOpened(Connection connection) {
        if (network(connection.getEndPoint()) == connection.getEndPoint()) { // not the inner one of TLS
            long now = nanoTime.getAsLong();
            waits.put(connection.getEndPoint(), new Wait(now, now + requestNanos));
            shed.addAndGet(makeRoom(now));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waits.remove(connection.getEndPoint());
    }

    /** Hears from the requests of a handler when their heads and their bodies are there. */
    Handler watching(Handler handler) {
        return new Handler.Wrapper(handler) {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws Exception {
                return super.handle(new WatchedRequest(request, requested(request)), response, callback);
            }
        };
    }

    private static final class WatchedRequest extends Request.Wrapper {

        private final Runnable whole;

        private WatchedRequest(Request request, Runnable whole) {
            super(request);
            this.whole = whole;
        }

        @Override
        public Content.@Nullable Chunk read() {
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast()) {
                whole.run();
            }
            return chunk;
        }
    }

    /**
     * A whole head is there. The time for the next head starts after the answer.
     *
     * @return to be run when the whole body is there
     */
    private Runnable requested(Request request) {
        EndPoint endPoint =
                network(request.getConnectionMetaData().getConnection().getEndPoint());
        Wait wait = waits.get(endPoint);
        if (wait == null) {
            return () -> {};
        }
        wait.owingSince = nanoTime.getAsLong();
        wait.owing = true;
        wait.answering = true;
        Request.addCompletionListener(request, failure -> {
            wait.until = nanoTime.getAsLong() + idleNanos;
            wait.owing = false;
            wait.answering = false;
        });
        return () -> wait.owing = false;
    }

    int open() {
        return waits.size();
    }

    /** Closes those whose time is over, and makes room; returns how many were closed since the last call. */
    int close() {
        long now = nanoTime.getAsLong();
        int closed = shed.getAndSet(0) + makeRoom(now);
        for (Map.Entry<EndPoint, Wait> entry : List.copyOf(waits.entrySet())) {
            Wait wait = entry.getValue();
            if (!wait.answering && wait.until - now < 0) {
                close(entry.getKey());
                closed++;
            }
        }
        return closed;
    }

    private int makeRoom(long now) {
        int tooMany = waits.size() - crowded;
        if (tooMany <= 0) {
            return 0;
        }
        List<Waiting> slowest = waits.entrySet().stream()
                .filter(entry -> entry.getValue().owing)
                .map(entry -> new Waiting(entry.getKey(), now - entry.getValue().owingSince))
                .filter(waiting -> waiting.nanos() > GRACE.toNanos())
                .sorted(Comparator.comparingLong(Waiting::nanos).reversed())
                .limit(tooMany)
                .toList();
        slowest.forEach(waiting -> close(waiting.endPoint()));
        return slowest.size();
    }

    private void close(EndPoint endPoint) {
        waits.remove(endPoint);
        endPoint.close(new TimeoutException("No whole request in time."));
    }

    long sweepMillis() {
        long untilRequest = TimeUnit.NANOSECONDS.toMillis(requestNanos) / 4;
        return Math.max(SHORTEST_SWEEP_MILLIS, Math.min(GRACE.toMillis(), untilRequest));
    }

    private static EndPoint network(EndPoint endPoint) {
        EndPoint outer = endPoint;
        while (outer instanceof EndPoint.Wrapper wrapper) {
            outer = wrapper.unwrap();
        }
        return outer;
    }
}
