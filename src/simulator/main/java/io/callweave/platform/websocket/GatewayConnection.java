package io.callweave.platform.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** One connection of a client. Jetty calls public classes only. */
public final class GatewayConnection implements Session.Listener.AutoDemanding {

    private static final int NORMAL = 1000;

    private final WebSocketGateway gateway;
    private volatile @Nullable Session wire;
    private volatile @Nullable GatewaySession session;
    private final Instant opened;
    private volatile Instant heard;
    private volatile @Nullable Instant pinged;
    private volatile Instant lastPing;

    GatewayConnection(WebSocketGateway gateway, Instant now) {
        this.gateway = gateway;
        opened = now;
        heard = now;
        lastPing = now;
    }

    @Override
    public void onWebSocketOpen(Session newWire) {
        wire = newWire;
        Map<String, List<String>> query = newWire.getUpgradeRequest().getParameterMap();
        session = gateway.opened(this, first(query, "access_token"), first(query, "wsc"));
    }

    private static @Nullable String first(Map<String, List<String>> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    @Override
    public void onWebSocketText(String text) {
        heard = gateway.now();
        GatewaySession of = session;
        JsonNode frame = Frames.read(text);
        JsonNode meta = frame.path(0);
        if (of == null || !meta.has("type")) {
            send(Frames.error(400, "WSG-400", "Malformed message"));
        } else if (meta.path("type").asText().equals("Heartbeat")) {
            send(Frames.heartbeat(meta.path("messageId").asText()));
        } else if (meta.path("type").asText().equals("ClientRequest")) {
            send(gateway.answer(of, meta, frame.path(1)));
        }
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        heard = gateway.now();
        pinged = null;
        GatewaySession of = session;
        String text = StandardCharsets.UTF_8.decode(payload).toString();
        if (of != null && text.matches("\\d{1,18}")) {
            of.received(Long.parseLong(text));
        }
    }

    @Override
    public void onWebSocketClose(int status, String reason, Callback callback) {
        ended();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        ended();
    }

    private void ended() {
        GatewaySession of = session;
        if (of != null) {
            of.disconnected(this, gateway.now());
        }
    }

    void send(String frame) {
        Session to = wire;
        if (to != null) {
            to.sendText(frame, Callback.NOOP);
        }
    }

    /** Says why, and closes. */
    void refuse(String error) {
        send(error);
        Session to = wire;
        if (to != null) {
            to.close(NORMAL, null, Callback.NOOP);
        }
        ended();
    }

    /** Ends without a word, as a broken network does. */
    void cut() {
        Session to = wire;
        if (to != null) {
            to.disconnect();
        }
        ended();
    }

    /** Pings, and ends what is too old or too silent. */
    void tick(Instant now, GatewayTimes times) {
        Instant waiting = pinged;
        if (!opened.plus(times.absolute()).isAfter(now)) {
            refuse(Frames.error(408, "WSG-903", "Absolute timeout expired"));
        } else if (!heard.plus(times.idle()).isAfter(now)) {
            refuse(Frames.error(408, "WSG-902", "Idle timeout expired"));
        } else if (waiting != null && !waiting.plus(times.pong()).isAfter(now)) {
            cut();
        } else if (!lastPing.plus(times.ping()).isAfter(now) || (waiting == null && isUnsure())) {
            ping(now);
        }
    }

    /** A ping after each burst keeps short what a recovery repeats. */
    private boolean isUnsure() {
        GatewaySession of = session;
        return of != null && of.isUnsure();
    }

    private void ping(Instant now) {
        Session to = wire;
        GatewaySession of = session;
        if (to != null && of != null) {
            lastPing = now;
            pinged = pinged == null ? now : pinged;
            to.sendPing(ByteBuffer.wrap(Long.toString(of.newest()).getBytes(StandardCharsets.UTF_8)), Callback.NOOP);
        }
    }
}
