package io.callweave.deliver.api;

import io.callweave.access.AccessTokens;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.runtime.http.ApiAnswers;
import io.callweave.runtime.http.HttpListener;
import io.callweave.runtime.http.MemoryBudget;
import io.callweave.runtime.http.RateLimit;
import io.callweave.runtime.startup.OperationsException;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The API over HTTP: asks for the token, bounds the body, and answers errors as JSON. */
public final class ApiServer implements AutoCloseable {

    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    /** Of the heap, for answers that clients have not read yet. */
    private static final int SHARE_OF_HEAP = 8;

    private final HttpListener server;

    private ApiServer(HttpListener server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @throws OperationsException if the address cannot be taken
     */
    public static ApiServer start(ApiConfig config) {
        return start(config, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    }

    /** @param answerBytes how many bytes of answers can wait for slow clients */
    static ApiServer start(ApiConfig config, long answerBytes) {
        MemoryBudget answers = new MemoryBudget(answerBytes);
        SubscriptionApi api = new SubscriptionApi(config);
        RateLimit rates = new RateLimit(System::nanoTime);
        HttpListener.Place place = new HttpListener.Place(
                "The HTTP API cannot", config.host(), config.port(), "deliver.api-host, deliver.api-port");
        return new ApiServer(HttpListener.start(
                place, token -> token.flatMap(config.tokens()::find).map(AccessTokens.Holder::scope), options -> {
                    ApiAnswers.configure(options, ApiServer.class, "deliverer");
                    for (ApiRoute route : ApiRoute.values()) {
                        options.routes.addHttpHandler(
                                HandlerType.findOrCreate(route.method()),
                                route.path(),
                                context -> answer(context, route, holder(context, config, rates), api, answers));
                    }
                    options.routes.exception(
                            SubscriptionException.class, (e, context) -> ApiAnswers.refuse(refusal(e), context));
                }));
    }

    /** Such as {@code http://127.0.0.1:8082}. */
    public String address() {
        return server.address();
    }

    /** Who may ask now. */
    private static AccessTokens.Holder holder(Context context, ApiConfig config, RateLimit rates) {
        AccessTokens.Holder holder = ApiAnswers.token(context)
                .flatMap(config.tokens()::find)
                .orElseThrow(() -> new HttpResponseException(
                        UNAUTHORIZED,
                        "Send the header Authorization: Bearer, with an access token.",
                        Map.of(ApiAnswers.CODE, "unauthorized")));
        if (!rates.admit(holder.name(), config.ratePerSecond())) {
            throw new HttpResponseException(
                    TOO_MANY,
                    "A token may send " + config.ratePerSecond() + " requests per second; send fewer.",
                    Map.of(ApiAnswers.CODE, "tooMany", ApiAnswers.RETRY_AFTER, "1"));
        }
        return holder;
    }

    private static void answer(
            Context context, ApiRoute route, AccessTokens.Holder holder, SubscriptionApi api, MemoryBudget answers) {
        String id = route.path().contains("{id}") ? context.pathParam("id") : "";
        SubscriptionApi.Reply reply =
                api.answer(route, holder, id, ApiAnswers.body(context), () -> HttpListener.hasLeft(context));
        context.status(reply.status()).header(Header.CACHE_CONTROL, "no-store");
        byte[] body = reply.body();
        if (body == null) {
            return;
        }
        if (!route.method().equals("GET")) {
            // A change is done, and a secret is shown once.
            context.contentType(ContentType.APPLICATION_JSON).result(body);
        } else if (!ApiAnswers.json(context, answers, holder.scope(), body)) {
            throw new SubscriptionException(
                    SubscriptionException.Kind.UNAVAILABLE,
                    "Too many bytes of answers are not read yet; read them, and try again.");
        }
    }

    private static HttpResponseException refusal(SubscriptionException e) {
        Map<String, String> details = new HashMap<>(Map.of(ApiAnswers.CODE, name(e.kind())));
        if (e.kind() == SubscriptionException.Kind.UNAVAILABLE || e.kind() == SubscriptionException.Kind.TOO_MANY) {
            details.put(ApiAnswers.RETRY_AFTER, "5");
        }
        return new HttpResponseException(status(e.kind()), String.valueOf(e.getMessage()), details);
    }

    private static int status(SubscriptionException.Kind kind) {
        return switch (kind) {
            case INVALID -> BAD_REQUEST;
            case FORBIDDEN -> FORBIDDEN;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case TOO_MANY -> TOO_MANY;
            case UNAVAILABLE -> UNAVAILABLE;
        };
    }

    private static String name(SubscriptionException.Kind kind) {
        return switch (kind) {
            case NOT_FOUND -> "notFound";
            case TOO_MANY -> "tooMany";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
