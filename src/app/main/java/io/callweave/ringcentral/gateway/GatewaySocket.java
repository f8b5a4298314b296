package io.callweave.ringcentral.gateway;

import io.callweave.ringcentral.RingCentralException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the gateway. The JDK answers pings as long as frames are asked for, and they are until so many wait that the
 * reader must be stuck: then RingCentral ends the connection, and the session is recovered later. What waits in all connections
 * has a bound, too, and a frame that is longer than any ends its connection.
 */
public final class GatewaySocket implements WebSocket.Listener, AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_WAITING = 5_000;

    /** In characters. Other frames are asked for when fewer wait. */
    private static final long MOST_WAITING_LENGTH = 1L << 20;

    /** RingCentral's have some thousand characters, those of AI insights some hundred thousand. */
    static final long LONGEST = Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 64);

    /** Of frames that wait, and of begun ones, of all connections. Beyond a half of it, no connection asks for a frame. */
    private static final long ROOM = 2 * LONGEST;

    private static final AtomicLong TAKEN = new AtomicLong();

    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final AtomicBoolean held = new AtomicBoolean();
    private final StringBuilder text = new StringBuilder();

    /** Of the room; guarded by this. */
    private long taken;

    private volatile boolean open = true;
    private volatile @Nullable String fault;
    private volatile long answeredPing;
    private volatile @Nullable WebSocket socket;

    private GatewaySocket() {}

    /**
     * Connects.
     *
     * @param uri with its token, so it is not shown
     * @throws RingCentralException if the gateway cannot be reached
     */
    public static GatewaySocket open(HttpClient http, URI uri) {
        GatewaySocket connection = new GatewaySocket();
        try {
            connection.socket = http.newWebSocketBuilder()
                    .connectTimeout(CONNECT_TIMEOUT)
                    .buildAsync(uri, connection)
                    .join();
            return connection;
        } catch (IllegalArgumentException e) { // its message has the token
            throw RingCentralException.tooMuch("RingCentral names a WebSocket gateway that is none.");
        } catch (CompletionException e) {
            throw RingCentralException.unavailable("The WebSocket gateway at " + uri.getHost()
                    + (e.getCause() instanceof SSLException
                            ? " cannot be reached: the TLS certificate is not accepted."
                            : " does not let us in."));
        }
    }

    /**
     * The next frame; null if none came in this time.
     *
     * @throws RingCentralException if the connection has ended and nothing is left to read
     */
    public @Nullable Frame poll(Duration atMost) throws InterruptedException {
        String next = frames.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
            take(-next.length());
        }
        WebSocket current = socket;
        if (hasRoom() && current != null && held.compareAndSet(true, false)) {
            current.request(1);
        }
        if (next == null && !open && frames.isEmpty()) {
            String why = fault;
            throw why == null
                    ? RingCentralException.unavailable("The WebSocket gateway ended the connection.")
                    : RingCentralException.tooMuch(why);
        }
        return next == null ? null : Frame.of(next);
    }

    private synchronized boolean hasRoom() {
        return frames.size() < MOST_WAITING && taken < MOST_WAITING_LENGTH && TAKEN.get() < ROOM / 2;
    }

    /** Takes room, or gives some back; returns whether there was that much. A closed connection has none. */
    private synchronized boolean take(long length) {
        if (open || length < 0) {
            long more = Math.max(length, -taken);
            taken += more;
            return TAKEN.addAndGet(more) <= ROOM;
        }
        return false;
    }

    /** A failure shows as the end of the connection. */
    public void send(String frame) {
        WebSocket current = socket;
        if (current != null) {
            var unused = current.sendText(frame, true);
        }
    }

    /**
     * Asks whether the gateway is there; {@link #answeredPing} tells whether it is.
     *
     * @param now in milliseconds since the epoch
     */
    public void ping(long now) {
        WebSocket current = socket;
        if (current != null) {
            var unused = current.sendPing(ByteBuffer.wrap(Long.toString(now).getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** The time of the last ping that was answered; 0 if there is none. */
    public long answeredPing() {
        return answeredPing;
    }

    /** Whether all that has come was read. */
    public boolean isDrained() {
        return frames.isEmpty();
    }

    /** Nothing more is wanted. What the gateway has sent before it answers still comes; then the connection has ended. */
    public void sayGoodbye() {
        WebSocket current = socket;
        if (current != null) {
            var unused = current.sendClose(WebSocket.NORMAL_CLOSURE, "");
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            open = false;
            TAKEN.addAndGet(-taken);
            taken = 0;
        }
        WebSocket current = socket;
        if (current != null) {
            current.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        if (text.length() + part.length() > LONGEST) {
            end(
                    from,
                    String.format(
                            Locale.ROOT,
                            "The WebSocket gateway sends a message of more than %,d characters.",
                            LONGEST));
            return null;
        }
        if (!take(part.length())) {
            end(
                    from,
                    String.format(
                            Locale.ROOT, "The WebSocket gateway sends more than %,d characters at a time.", ROOM));
            return null;
        }
        text.append(part);
        if (last) {
            frames.add(text.toString());
            text.setLength(0);
        }
        if (!last || hasRoom()) {
            from.request(1);
        } else {
            held.set(true);
        }
        return null;
    }

    private void end(WebSocket from, String why) {
        take(-text.length());
        text.setLength(0);
        text.trimToSize();
        fault = why;
        open = false;
        from.abort();
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
        String time = StandardCharsets.US_ASCII.decode(payload).toString();
        if (time.matches("\\d{1,15}")) {
            answeredPing = Math.max(answeredPing, Long.parseLong(time));
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        open = false;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        open = false;
    }
}
