package io.callweave.runtime.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections whose clients read their answers too slowly. Jetty's own timeout begins again with every byte, so a
 * client that reads a little from time to time would hold a thread for hours. Its {@code MinimumDataRateHandler} looks only
 * when more is written, and takes the pauses between events for slowness.
 */
final class SlowReaders extends EventsHandler {

    private static final int SWEEPS = 10;

    private final long bytesPerSecond;
    private final long patienceNanos;
    private final Map<EndPoint, Writing> writings = new ConcurrentHashMap<>();

    /** What was written to a connection. */
    private static final class Writing {

        /** How much longer it took than it may; what is quicker makes good for it. */
        private long lateNanos;

        private long startedAt;
        private long allowedNanos;
        private boolean waits;

        synchronized void start(long now, long mayTakeNanos) {
            startedAt = now;
            allowedNanos = mayTakeNanos;
            waits = true;
        }

        synchronized void end(long now) {
            lateNanos = lateNanos(now);
            waits = false;
        }

        synchronized long lateNanos(long now) {
            return waits ? Math.max(0, lateNanos + now - startedAt - allowedNanos) : lateNanos;
        }
    }

    /**
     * Looks after all answers.
     *
     * @param bytesPerSecond that a client must read
     * @param patience how much longer it may take, because connections can be bad for a while
     */
    SlowReaders(long bytesPerSecond, Duration patience) {
        this.bytesPerSecond = bytesPerSecond;
        patienceNanos = patience.toNanos();
    }

    @Override
    protected void onResponseWrite(Request request, boolean last, @Nullable ByteBuffer content) {
        long bytes = content == null ? 0 : content.remaining();
        writings.computeIfAbsent(endPoint(request), each -> new Writing())
                .start(System.nanoTime(), TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond);
    }

    @Override
    protected void onResponseWriteComplete(
            Request request, boolean last, @Nullable ByteBuffer content, @Nullable Throwable failure) {
        Writing writing = writings.get(endPoint(request));
        if (writing != null) {
            writing.end(System.nanoTime());
        }
    }

    @Override
    protected void onComplete(Request request, int status, @Nullable HttpFields headers, @Nullable Throwable failure) {
        writings.remove(endPoint(request));
    }

    private static EndPoint endPoint(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    private void sweepLater() {
        var unused = getServer().getScheduler().schedule(this::sweep, patienceNanos / SWEEPS, TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        sweepLater();
        long now = System.nanoTime();
        writings.forEach((endPoint, writing) -> {
            if (writing.lateNanos(now) > patienceNanos) {
                endPoint.close(new TimeoutException("The client reads too slowly."));
            }
        });
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sweepLater();
    }
}
