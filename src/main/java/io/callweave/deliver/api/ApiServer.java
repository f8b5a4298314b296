package io.callweave.deliver.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.access.AccessTokens;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.operations.startup.OperationsException;
import io.javalin.Javalin;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API over HTTP: asks for the token, bounds the body, and answers errors as JSON. */
public final class ApiServer implements AutoCloseable {

    /** Of a request; a subscription with thousands of extensions has about this size. */
    static final int MOST_BYTES = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BEARER = "Bearer ";
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;

    private final Javalin server;
    private final String host;

    private ApiServer(Javalin server, String host) {
        this.server = server;
        this.host = host;
    }

    /**
     * Starts to listen.
     *
     * @throws OperationsException if the address cannot be taken
     */
    public static ApiServer start(ApiConfig config) {
        SubscriptionApi api = new SubscriptionApi(config);
        byte[] description = description();
        Javalin server = Javalin.create(options -> {
            options.startup.showJavalinBanner = false;
            options.startup.showOldJavalinVersionWarning = false;
            options.startup.startupWatcherEnabled = false;
            options.http.prefer405over404 = true;
            options.jetty.host = config.host();
            options.jetty.port = config.port();
            for (ApiRoute route : ApiRoute.values()) {
                options.routes.addHttpHandler(
                        HandlerType.findOrCreate(route.method()),
                        route.path(),
                        context -> answer(context, route, config.tokens(), api));
            }
            options.routes.get(
                    "/v1/openapi.json",
                    context -> context.contentType(ContentType.APPLICATION_JSON).result(description));
            options.routes.exception(
                    SubscriptionException.class,
                    (e, context) -> error(context, status(e.kind()), name(e.kind()), String.valueOf(e.getMessage())));
            options.routes.exception(HttpResponseException.class, ApiServer::refused);
            options.routes.exception(RuntimeException.class, (e, context) -> {
                LOG.atError().setCause(e).log("The HTTP API failed.");
                error(context, INTERNAL, "internal", "Something failed; the log of the deliverer says more.");
            });
        });
        try {
            return new ApiServer(server.start(), config.host());
        } catch (RuntimeException e) {
            server.stop();
            if (e instanceof JavalinBindException || e.getCause() instanceof IOException) {
                throw new OperationsException(
                        "The HTTP API cannot be served at " + config.host() + ":" + config.port()
                                + " (deliver.api-host, deliver.api-port): the address is in use, or does not belong to"
                                + " this machine.",
                        e);
            }
            throw e;
        }
    }

    /** Such as {@code http://127.0.0.1:8082}. */
    public String address() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.port();
    }

    private static void answer(Context context, ApiRoute route, AccessTokens tokens, SubscriptionApi api)
            throws IOException {
        Optional<AccessTokens.Holder> holder = holder(context, tokens);
        if (holder.isEmpty()) {
            context.header(Header.WWW_AUTHENTICATE, "Bearer");
            error(
                    context,
                    UNAUTHORIZED,
                    "unauthorized",
                    "Send the header Authorization: Bearer, with an access token.");
            return;
        }
        byte[] body;
        try (InputStream in = context.bodyInputStream()) {
            body = in.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            error(context, TOO_LARGE, "tooLarge", "A body has at most " + MOST_BYTES + " bytes.");
            return;
        }
        String id = route.path().contains("{id}") ? context.pathParam("id") : "";
        SubscriptionApi.Reply reply = api.answer(route, holder.get(), id, body);
        context.status(reply.status()).header(Header.CACHE_CONTROL, "no-store");
        if (reply.body() != null) {
            context.contentType(ContentType.APPLICATION_JSON).result(JSON.writeValueAsBytes(reply.body()));
        }
    }

    private static Optional<AccessTokens.Holder> holder(Context context, AccessTokens tokens) {
        String given = context.header(Header.AUTHORIZATION);
        return given != null && given.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? tokens.find(given.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    /** What Javalin itself refuses, such as a path that does not exist. */
    private static void refused(HttpResponseException e, Context context) {
        if (e.getStatus() == NOT_FOUND) {
            error(context, NOT_FOUND, "notFound", "There is no such path; GET /v1/openapi.json describes the API.");
        } else {
            error(context, e.getStatus(), "refused", String.valueOf(e.getMessage()));
        }
    }

    private static int status(SubscriptionException.Kind kind) {
        return switch (kind) {
            case INVALID -> BAD_REQUEST;
            case FORBIDDEN -> FORBIDDEN;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    private static String name(SubscriptionException.Kind kind) {
        return kind == SubscriptionException.Kind.NOT_FOUND
                ? "notFound"
                : kind.name().toLowerCase(Locale.ROOT);
    }

    private static void error(Context context, int status, String code, String message) {
        context.status(status)
                .contentType(ContentType.APPLICATION_JSON)
                .result(JSON.valueToTree(Map.of("error", Map.of("code", code, "message", message)))
                        .toString());
    }

    private static byte[] description() {
        try (InputStream in = ApiServer.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not among the resources.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
