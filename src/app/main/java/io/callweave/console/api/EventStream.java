package io.callweave.console.api;

import io.callweave.console.feed.ChangeEvent;
import io.callweave.console.feed.ChangeListener;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes changes to one client, in a thread of its own: one that does not read holds up nobody else. */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** A client that went away is noticed by writing to it. */
    private static final long SILENCE_MS = 15_000;

    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(SILENCE_MS);

    /** Events that come within this time go out together: with many clients, each write costs more than what it carries. */
    private static final long GATHER_MS = 100;

    /** It calls nothing deep. */
    private static final long STACK_BYTES = 256 << 10;

    private EventStream() {}

    /** Sends what one hears. */
    static void start(SseClient client, ChangeListener listener) {
        client.keepAlive();
        client.onClose(listener::close);
        Thread writer = new Thread(null, () -> write(client, listener), "console-events", STACK_BYTES);
        writer.setDaemon(true);
        writer.start();
    }

    private static void write(SseClient client, ChangeListener listener) {
        try {
            client.sendComment("connected");
            OutputStream out = client.ctx().res().getOutputStream();
            long wroteAt = System.nanoTime();
            while (!listener.isClosed() && !client.terminated()) {
                List<ChangeEvent> events = listener.next(SILENCE_MS);
                for (ChangeEvent event : events) {
                    if (!isWritten(event, listener, out)) {
                        listener.drop();
                        return;
                    }
                }
                if (!events.isEmpty()) {
                    out.flush();
                    wroteAt = System.nanoTime();
                } else if (!listener.isClosed() && System.nanoTime() - wroteAt >= SILENCE_NANOS) {
                    client.sendComment("still here");
                    wroteAt = System.nanoTime();
                }
                if (!listener.hasMore()) {
                    Thread.sleep(GATHER_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (isTimeout(e)) {
                listener.drop();
            }
            LOG.atDebug().setCause(e).log("A client of the console's events went away.");
        } finally {
            listener.close();
            if (listener.isDropped()) {
                // Or it would wait for events that nobody sends any more.
                end(client);
                LOG.atInfo().log(
                        "A client of the console's events was too slow, or another needed its place; it was disconnected.");
            }
        }
    }

    /** Not through Javalin: if the connection is gone, it cannot answer, and would answer its own failure without an end. */
    private static void end(SseClient client) {
        try {
            client.ctx().req().getAsyncContext().complete();
        } catch (RuntimeException gone) {
            LOG.atDebug().setCause(gone).log("A client of the console's events went away first.");
        }
    }

    /** Whether all of it was known until it was written, and is still wanted. */
    private static boolean isWritten(ChangeEvent event, ChangeListener listener, OutputStream out) throws IOException {
        int written = 0;
        while (written < event.length()) {
            byte[] part = event.part(written);
            if (part == null || listener.isClosed()) {
                return false;
            }
            out.write(part);
            written += part.length;
        }
        return true;
    }

    /** Whether the client took nothing for so long that Jetty gave up. */
    private static boolean isTimeout(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
