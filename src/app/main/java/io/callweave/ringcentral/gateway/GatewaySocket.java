package io.callweave.ringcentral.gateway;

import io.callweave.ringcentral.RingCentralException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the gateway. The JDK answers pings as long as frames are asked for, and they are until so many wait that the
 * reader must be stuck: then RingCentral ends the connection, and the session is recovered later.
 */
public final class GatewaySocket implements WebSocket.Listener, AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST_WAITING = 5_000;

    private final LinkedBlockingQueue<String> frames = new LinkedBlockingQueue<>();
    private final AtomicBoolean held = new AtomicBoolean();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean open = true;
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
        WebSocket current = socket;
        if (frames.size() < MOST_WAITING && current != null && held.compareAndSet(true, false)) {
            current.request(1);
        }
        if (next == null && !open && frames.isEmpty()) {
            throw RingCentralException.unavailable("The WebSocket gateway ended the connection.");
        }
        return next == null ? null : Frame.of(next);
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
        open = false;
        WebSocket current = socket;
        if (current != null) {
            current.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            frames.add(text.toString());
            text.setLength(0);
        }
        if (frames.size() < MOST_WAITING) {
            from.request(1);
        } else {
            held.set(true);
        }
        return null;
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
