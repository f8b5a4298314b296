package io.callweave.console.api;

import io.callweave.console.feed.ChangeEvent;
import io.callweave.console.feed.ChangeListener;
import io.callweave.runtime.http.HttpListener;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes changes to one client, in a thread of its own: one that does not read holds up nobody else. */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    static final String TYPE = "text/event-stream";

    /** A client that went away is noticed by writing to it. */
    private static final long SILENCE_MS = 15_000;

    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(SILENCE_MS);

    /** Events that come within this time go out together: with many clients, each write costs more than what it carries. */
    private static final long GATHER_MS = 100;

    /** It calls nothing deep. */
    private static final long STACK_BYTES = 256 << 10;

    private EventStream() {}

    /** Says what follows. */
    static void head(Context context) {
        context.contentType(TYPE)
                .header(Header.CONNECTION, "close")
                // Proxies gather nothing.
                .header("X-Accel-Buffering", "no");
    }

    /**
     * Sends what one hears. Without Javalin's own stream: that begins on a thread of a pool that does not stop, and fails with a
     * stack trace if the connection has ended by then, as at a stop.
     */
    static void start(Context context, ChangeListener listener) {
        head(context);
        Thread writer = new Thread(null, () -> write(context, listener), "console-events", STACK_BYTES);
        writer.setDaemon(true);
        context.future(() -> {
            writer.start();
            return new CompletableFuture<>();
        });
    }

    private static void write(Context context, ChangeListener listener) {
        try {
            OutputStream out = context.res().getOutputStream();
            comment("connected", out);
            long wroteAt = System.nanoTime();
            while (!listener.isClosed()) {
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
                    comment("still here", out);
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
            // Or it would wait for events that nobody sends any more, and hold its connection.
            end(context);
            if (listener.isDropped()) {
                LOG.atInfo().log(
                        "A client of the console's events was too slow, or another needed its place; it was disconnected.");
            }
        }
    }

    private static void comment(String text, OutputStream out) throws IOException {
        out.write((": " + text + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Not through Javalin: if the connection is gone, it cannot answer, and would answer its own failure without an end. */
    private static void end(Context context) {
        try {
            if (!HttpListener.isStopping(context)) {
                context.req().getAsyncContext().complete();
            }
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
