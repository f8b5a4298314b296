package io.callweave.ringcentral.gateway;

import io.callweave.ringcentral.RingCentralException;
import io.callweave.runtime.http.TlsFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the gateway. Pings are answered as long as frames are asked for, and they are until so many wait that the
 * reader must be stuck: then RingCentral ends the connection, and the session is recovered later. What waits in all connections
 * has a bound, too, and a frame that is longer than any ends its connection.
 */
public final class GatewaySocket implements Session.Listener, AutoCloseable {

    private static final int MOST_WAITING = 5_000;

    /** In characters. Other frames are asked for when fewer wait. */
    private static final long MOST_WAITING_LENGTH = 1L << 20;

    /** RingCentral's have some thousand characters, those of AI insights some hundred thousand. */
    static final long LONGEST = Math.min(16L << 20, Runtime.getRuntime().maxMemory() / 64);

    /** In a minute. RingCentral's have a hundred characters and more, and a pong is the answer to a ping of ours. */
    private static final int MOST_SMALL_FRAMES = 1_000;

    private static final int SMALL = 16;

    /** Of frames that wait, and of begun ones, of all connections. Beyond a half of it, no connection asks for a frame. */
    private static final long ROOM = 2 * LONGEST;

    private static final AtomicLong TAKEN = new AtomicLong();

    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final AtomicBoolean held = new AtomicBoolean();
    private final StringBuilder text = new StringBuilder();

    /** Of the room; guarded by this. */
    private long taken;

    /** In the minute that began then; for the thread of the connection. */
    private int smallFrames;

    private long smallSince = System.nanoTime();

    private volatile boolean open = true;
    private volatile @Nullable String fault;
    private volatile long answeredPing;
    private volatile @Nullable Session socket;

    private GatewaySocket() {}

    /**
     * Connects.
     *
     * @param uri with its token, so it is not shown
     * @throws RingCentralException if the gateway cannot be reached
     */
    public static GatewaySocket open(URI uri) throws InterruptedException {
        return open(GatewayClient.shared(), uri);
    }

    static GatewaySocket open(GatewayClient client, URI uri) throws InterruptedException {
        GatewaySocket connection = new GatewaySocket();
        boolean let = false;
        try {
            client.connect(uri, connection);
            let = true;
            return connection;
        } catch (IllegalArgumentException e) { // its message has the token
            throw RingCentralException.tooMuch("RingCentral names a WebSocket gateway that is none.");
        } catch (ExecutionException | TimeoutException | IOException e) {
            throw RingCentralException.unavailable("The WebSocket gateway at " + uri.getHost()
                    + (e.getCause() instanceof SSLException ofTls
                            ? " cannot be reached: " + TlsFailure.inWords(ofTls) + "."
                            : " does not let us in."));
        } finally {
            if (!let) {
                connection.close();
            }
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
        Session current = socket;
        if (hasRoom() && current != null && held.compareAndSet(true, false)) {
            current.demand();
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
        Session current = socket;
        if (current != null) {
            current.sendText(frame, Callback.NOOP);
        }
    }

    /**
     * Asks whether the gateway is there; {@link #answeredPing} tells whether it is.
     *
     * @param now in milliseconds since the epoch
     */
    public void ping(long now) {
        Session current = socket;
        if (current != null) {
            current.sendPing(ByteBuffer.wrap(Long.toString(now).getBytes(StandardCharsets.US_ASCII)), Callback.NOOP);
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
        Session current = socket;
        if (current != null) {
            current.close(StatusCode.NORMAL, "", Callback.NOOP);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            open = false;
            TAKEN.addAndGet(-taken);
            taken = 0;
        }
        disconnect();
    }

    @Override
    public void onWebSocketOpen(Session session) {
        socket = session;
        session.setIdleTimeout(Duration.ZERO); // pings tell whether it is there
        if (open) {
            session.demand();
        } else { // too late
            session.disconnect();
        }
    }

    @Override
    public void onWebSocketPartialText(String part, boolean last) {
        if (!open) {
            return;
        }
        if (part.length() < SMALL && isOneSmallTooMany()) {
            return;
        }
        if (text.length() + part.length() > LONGEST) {
            end(String.format(
                    Locale.ROOT, "The WebSocket gateway sends a message of more than %,d characters.", LONGEST));
            return;
        }
        if (!take(part.length())) {
            end(String.format(Locale.ROOT, "The WebSocket gateway sends more than %,d characters at a time.", ROOM));
            return;
        }
        text.append(part);
        if (last) {
            frames.add(text.toString());
            text.setLength(0);
        }
        if (!last || hasRoom()) {
            demand();
        } else {
            held.set(true);
        }
    }

    /** Each costs as much as a long one: others would wait for the threads. */
    private boolean isOneSmallTooMany() {
        long now = System.nanoTime();
        if (now - smallSince > Duration.ofMinutes(1).toNanos()) {
            smallSince = now;
            smallFrames = 0;
        }
        if (++smallFrames <= MOST_SMALL_FRAMES) {
            return false;
        }
        end(String.format(
                Locale.ROOT, "The WebSocket gateway sends more than %,d small frames a minute.", MOST_SMALL_FRAMES));
        return true;
    }

    private void demand() {
        Session current = socket;
        if (current != null) {
            current.demand();
        }
    }

    private void end(String why) {
        take(-text.length());
        text.setLength(0);
        text.trimToSize();
        fault = why;
        open = false;
        disconnect();
    }

    private void disconnect() {
        Session current = socket;
        if (current != null) {
            current.disconnect();
        }
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        String time = StandardCharsets.US_ASCII.decode(payload).toString();
        if (time.matches("\\d{1,15}")) {
            answeredPing = Math.max(answeredPing, Long.parseLong(time));
        }
        if (!isOneSmallTooMany()) {
            demand();
        }
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        open = false;
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable failure) {
        open = false;
    }
}
