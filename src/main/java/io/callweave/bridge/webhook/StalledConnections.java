package io.callweave.bridge.webhook;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Closes connections that take too long to say what they want. Jetty's own timeouts begin anew with every byte, so that
 * one byte a second would hold a connection for ever. When nearly all connections are taken, those that have not sent a head for the
 * longest make room for new ones, which come with theirs at once if they mean well. Thread-safe.
 */
final class StalledConnections implements Connection.Listener {

    /** A tenth of the connections is kept for those that come. */
    private static final int SPARE_PART = 10;

    private final long requestNanos;
    private final long idleNanos;
    private final LongSupplier nanoTime;
    private final int crowded;
    private final AtomicInteger shed = new AtomicInteger();
    private final Map<EndPoint, Wait> waits = new ConcurrentHashMap<>();

    /** When a connection must have sent a whole head; does not count while one is being answered. */
    private static final class Wait {

        private volatile long until;
        private volatile boolean heard;
        private volatile boolean answering;
    }

    StalledConnections(WebhookLimits limits, LongSupplier nanoTime) {
        requestNanos = limits.requestTimeout().toNanos();
        idleNanos = limits.idleTimeout().toNanos();
        this.nanoTime = nanoTime;
        crowded = limits.maxConnections() - Math.max(1, limits.maxConnections() / SPARE_PART);
    }

    @Override
    public void onOpened(Connection connection) {
        if (network(connection.getEndPoint()) == connection.getEndPoint()) { // not the inner one of TLS
            Wait wait = new Wait();
            wait.until = nanoTime.getAsLong() + requestNanos;
            waits.put(connection.getEndPoint(), wait);
            if (waits.size() > crowded) {
                closeTheSlowest();
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        waits.remove(connection.getEndPoint());
    }

    /** A whole head is there; it counts again after the answer. */
    void requested(Request request) {
        EndPoint endPoint =
                network(request.getConnectionMetaData().getConnection().getEndPoint());
        Wait wait = waits.get(endPoint);
        if (wait != null) {
            wait.answering = true;
            wait.heard = true;
            Request.addCompletionListener(request, failure -> {
                wait.until = nanoTime.getAsLong() + idleNanos;
                wait.answering = false;
            });
        }
    }

    int open() {
        return waits.size();
    }

    /** Closes those whose time is over; how many, with those that were closed to make room. */
    int close() {
        long now = nanoTime.getAsLong();
        int closed = shed.getAndSet(0);
        for (Map.Entry<EndPoint, Wait> entry : List.copyOf(waits.entrySet())) {
            Wait wait = entry.getValue();
            if (!wait.answering && wait.until - now < 0) {
                close(entry.getKey());
                closed++;
            }
        }
        return closed;
    }

    /** Of those that never sent a head: one that did may be sending its next at this moment. */
    private void closeTheSlowest() {
        waits.entrySet().stream()
                .filter(entry -> !entry.getValue().heard)
                .min(Comparator.comparingLong(entry -> entry.getValue().until - nanoTime.getAsLong()))
                .ifPresent(entry -> {
                    close(entry.getKey());
                    shed.incrementAndGet();
                });
    }

    private void close(EndPoint endPoint) {
        waits.remove(endPoint);
        endPoint.close(new TimeoutException("No whole request in time."));
    }

    long sweepMillis() {
        return Math.max(50, Math.min(TimeUnit.SECONDS.toMillis(1), TimeUnit.NANOSECONDS.toMillis(requestNanos) / 4));
    }

    private static EndPoint network(EndPoint endPoint) {
        EndPoint outer = endPoint;
        while (outer instanceof EndPoint.Wrapper wrapper) {
            outer = wrapper.unwrap();
        }
        return outer;
    }
}
