package io.callweave.operations.http;

import io.javalin.http.Context;
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
    private static final String READ = UnreadBody.class.getName();

    private UnreadBody() {}

    /** Reads to the end of the body, in bounded time and size; never waits for a client that sends nothing. */
    public static void drop(Context context) {
        boolean isOpen = context.header("Transfer-Encoding") != null;
        Long read = context.attribute(READ);
        long left = isOpen ? Long.MAX_VALUE : context.req().getContentLengthLong() - (read == null ? 0 : read);
        // Those who expect to be asked have sent nothing yet.
        if (left <= 0 || context.header("Expect") != null) {
            return;
        }
        try {
            drop(context.req().getInputStream(), Math.min(left, MOST_BYTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | IllegalStateException gone) {
            // The answer may still reach the client.
        }
    }

    /** How much of the body was read: else only its silence says that it is over. */
    public static void wasRead(Context context, long bytes) {
        context.attribute(READ, bytes);
    }

    private static void drop(ServletInputStream in, long most) throws IOException, InterruptedException {
        byte[] some = new byte[65_536];
        long started = System.nanoTime();
        long heardAt = started;
        long dropped = 0;
        while (dropped < most && System.nanoTime() - started < MOST_NANOS && !in.isFinished()) {
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
