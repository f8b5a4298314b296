package io.callweave.platform.websocket;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.PlatformRoute;
import io.callweave.platform.rest.UsageGroup;
import io.callweave.platform.subscription.SubscriptionRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The gateway: gives tokens for connections, and keeps sessions. */
public final class WebSocketGateway {

    /** Where clients connect. */
    public static final String PATH = "/ws";

    private record Token(Caller caller, Instant expires) {}

    private final SubscriptionRegistry subscriptions;
    private final Clock clock;
    private final GatewayTimes times;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Map<String, GatewaySession> sessions = new ConcurrentHashMap<>();
    private volatile Function<PlatformRequest, PlatformReply> api = request -> PlatformReply.noContent();
    private volatile String base = "";

    public WebSocketGateway(SubscriptionRegistry subscriptions, Clock clock, GatewayTimes times) {
        this.subscriptions = subscriptions;
        this.clock = clock;
        this.times = times;
    }

    /**
     * What it needs of the server around it.
     *
     * @param newApi answers requests that come in frames
     * @param newBase the server's address
     */
    public void start(Function<PlatformRequest, PlatformReply> newApi, String newBase) {
        api = newApi;
        base = newBase;
    }

    public PlatformRoute tokenRoute() {
        return new PlatformRoute(
                "POST",
                "/restapi/oauth/wstoken",
                UsageGroup.MEDIUM,
                PlatformCredentials.WEB_SOCKETS,
                (caller, request, path) -> token(caller, request));
    }

    private PlatformReply token(Caller caller, PlatformRequest request) {
        Instant now = now();
        tokens.values().removeIf(token -> !token.expires().isAfter(now));
        String token = UUID.randomUUID().toString().replace("-", "");
        tokens.put(token, new Token(caller, now.plus(times.token())));
        return PlatformReply.ok(PlatformRequest.object()
                .put("ws_access_token", token)
                .put("uri", request.base().replaceFirst("^http", "ws") + PATH)
                .put("expires_in", times.token().toSeconds()));
    }

    /** A listener for one new connection, as Jetty wants it. */
    public Object newConnection() {
        return new GatewayConnection(this, now());
    }

    Instant now() {
        return clock.instant();
    }

    /** Returns the session of a new connection; null if the connection was refused. */
    @Nullable
    GatewaySession opened(GatewayConnection connection, @Nullable String accessToken, @Nullable String wsc) {
        Token token = accessToken == null ? null : tokens.get(accessToken);
        if (token == null || !token.expires().isAfter(now())) {
            // INFER: no public reply shows this one.
            connection.refuse(Frames.error(401, "WSG-401", "Invalid or expired WebSocket access token"));
            return null;
        }
        if (wsc == null) {
            return begin(connection, token.caller(), null);
        }
        String id = GatewaySession.idIn(wsc).orElse(null);
        if (id == null) {
            connection.refuse(Frames.error(400, "WSG-400", "Malformed WebSocket session context token"));
            return null;
        }
        GatewaySession session = sessions.get(id);
        Recovery recovery = session == null || session.isLost(now(), times)
                ? Recovery.TOO_LATE
                : session.recoverable(token.caller());
        if (session == null || !recovery.isSuccessful()) {
            return begin(connection, token.caller(), recovery);
        }
        session.connect(connection, Frames.connectionDetails(session.wsc(), now(), times, recovery));
        return session;
    }

    private GatewaySession begin(GatewayConnection connection, Caller caller, @Nullable Recovery recovery) {
        GatewaySession session = new GatewaySession(caller, subscriptions);
        sessions.put(session.id(), session);
        session.connect(connection, Frames.connectionDetails(session.wsc(), now(), times, recovery));
        return session;
    }

    /** Answers a request that came in a frame. */
    String answer(GatewaySession session, JsonNode meta, JsonNode body) {
        PlatformRequest request = new PlatformRequest(
                meta.path("method").asText("GET"),
                meta.path("path").asText("/").split("\\?", 2)[0],
                texts(meta.path("query")),
                texts(meta.path("headers")),
                body.isMissingNode() ? "" : body.toString(),
                base,
                session.caller(),
                session);
        return Frames.reply(meta.path("messageId").asText(), api.apply(request));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    /** Pings, closes and forgets what is due. */
    public void tick() {
        Instant now = now();
        for (GatewaySession session : sessions.values()) {
            GatewayConnection connection = session.connection();
            if (connection != null) {
                connection.tick(now, times);
            } else if (session.isLost(now, times)) {
                forget(session);
            }
        }
    }

    /** The number of open connections. */
    public int connections() {
        return (int) sessions.values().stream()
                .filter(session -> session.connection() != null)
                .count();
    }

    /** Cuts every connection. Sessions can be recovered. */
    public void cutAll() {
        List<GatewayConnection> open = sessions.values().stream()
                .map(GatewaySession::connection)
                .filter(Objects::nonNull)
                .toList();
        open.forEach(GatewayConnection::cut);
    }

    /** Cuts every connection, and forgets all sessions, as after more than the time for recovery. */
    public void forgetAll() {
        cutAll();
        List.copyOf(sessions.values()).forEach(this::forget);
    }

    private void forget(GatewaySession session) {
        sessions.remove(session.id());
        session.end();
    }
}
