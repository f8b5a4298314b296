package io.callweave.operations.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Drops what a client still sends with a request that is refused. Jetty closes a connection that has unread bytes, and then
 * the client often gets an error instead of the answer.
 */
public final class UnreadBody {

    private static final long MOST_BYTES = 16L << 20;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);

    /** A client that sends nothing for so long waits for the answer. */
    private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long PAUSE_MS = 5;

    private UnreadBody() {}

    /** Reads to the end of the body, in bounded time and size; never waits for a client that sends nothing. */
    public static void drop(Context context) {
        boolean hasBody = context.header(Header.CONTENT_LENGTH) != null || context.header("Transfer-Encoding") != null;
        // Those who expect to be asked have sent nothing yet.
        if (!hasBody || context.header("Expect") != null) {
            return;
        }
        try {
            drop(context.req().getInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException gone) {
            // The answer may still reach the client.
        }
    }

    private static void drop(ServletInputStream in) throws IOException, InterruptedException {
        byte[] some = new byte[65_536];
        long started = System.nanoTime();
        long heardAt = started;
        long dropped = 0;
        while (dropped < MOST_BYTES && System.nanoTime() - started < MOST_NANOS && !in.isFinished()) {
            int available = in.available();
            if (available > 0) {
                dropped += Math.max(0, in.read(some, 0, Math.min(available, some.length)));
                heardAt = System.nanoTime();
            } else if (System.nanoTime() - heardAt >= SILENCE_NANOS) {
                return;
            } else {
                Thread.sleep(PAUSE_MS);
            }
        }
    }
}
