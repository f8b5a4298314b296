package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.access.AccountScope;
import io.callweave.operations.http.ApiAnswers;
import io.callweave.operations.http.HttpListener;
import io.callweave.operations.startup.OperationsException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.sse.SseClient;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The console over HTTP: the page, and the API that it uses. */
public final class ConsoleServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_BYTES = 65_536;
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;

    private final ServerConfig config;
    private final Gate gate;
    private final ConsoleApi api;
    private final HttpListener server;

    private ConsoleServer(ServerConfig config) {
        this.config = config;
        gate = new Gate(config.tokens());
        api = new ConsoleApi(config);
        server = HttpListener.start(
                new HttpListener.Place(
                        "The console cannot", config.host(), config.port(), "console.host, console.port"),
                this::configure);
    }

    /**
     * Starts to listen.
     *
     * @throws OperationsException if the address cannot be taken
     */
    public static ConsoleServer start(ServerConfig config) {
        return new ConsoleServer(config);
    }

    private void configure(JavalinConfig options) {
        ApiAnswers.configure(options, ConsoleServer.class, "console");
        options.routes.before(gate::check);
        options.routes.get("/", context -> file(context, "index.html"));
        options.routes.get("/assets/{name}", context -> file(context, context.pathParam("name")));
        options.routes.get("/health/live", context -> context.result("alive\n"));
        options.routes.get(
                "/health/ready",
                context -> context.status(config.state().ready().getAsBoolean() ? OK : UNAVAILABLE)
                        .result(config.state().ready().getAsBoolean() ? "ready\n" : "the store is being filled\n"));
        options.routes.get("/v1/health", context -> json(context, api.health()));
        for (ConsoleRoute route : ConsoleRoute.values()) {
            if (route != ConsoleRoute.EVENTS) {
                options.routes.addHttpHandler(
                        HandlerType.findOrCreate(route.method()), route.path(), context -> answer(context, route));
            }
        }
        options.routes.before(ConsoleRoute.EVENTS.path(), context -> allowed(context, ConsoleRoute.EVENTS));
        options.routes.sse(ConsoleRoute.EVENTS.path(), this::events);
        options.routes.exception(
                ApiException.class,
                (e, context) -> ApiAnswers.error(context, e.status(), e.code(), String.valueOf(e.getMessage())));
    }

    /** Such as {@code http://127.0.0.1:8083}. */
    public String address() {
        return server.address();
    }

    private AccountScope allowed(Context context, ConsoleRoute route) {
        AccountScope scope = gate.scope(context);
        if (route.isOfOperator() && !scope.isOperator()) {
            throw ApiException.forbidden("Only a token of all accounts may see this.");
        }
        if (!route.isEarly() && !config.state().ready().getAsBoolean()) {
            throw ApiException.starting();
        }
        if (route == ConsoleRoute.EVENTS && config.kept().changes().isFull()) {
            throw ApiException.full();
        }
        return scope;
    }

    private void answer(Context context, ConsoleRoute route) throws IOException {
        AccountScope scope = allowed(context, route);
        String account = context.queryParam("account");
        switch (route) {
            case ME -> json(context, api.me(scope));
            case LIVE -> json(context, api.live(scope, account));
            case WALLBOARD -> context.contentType(ContentType.APPLICATION_JSON).result(api.wallboard(scope, account));
            case WINDOWS -> json(context, api.windows().answer(scope, context));
            case SEARCH -> json(context, api.search(scope, Requests.asked(body(context))));
            case STATISTICS ->
                json(
                        context,
                        api.statistics(scope, Requests.asked(body(context)).filter()));
            case EXPORT -> export(context, scope);
            case CALL ->
                json(context, api.calls().show(scope, context.pathParam("account"), context.pathParam("call")));
            case NOTIFICATIONS ->
                json(
                        context,
                        api.calls().notifications(scope, context.pathParam("account"), context.pathParam("call")));
            case WHY ->
                json(
                        context,
                        JSON.createObjectNode()
                                .put(
                                        "text",
                                        api.calls()
                                                .why(scope, context.pathParam("account"), context.pathParam("call"))));
            case ENGINE -> json(context, api.engine());
            case DEAD_LETTERS -> json(context, api.deadLetters());
            case EVENTS -> throw new IllegalStateException("It has a handler of its own.");
        }
    }

    private void export(Context context, AccountScope scope) throws IOException {
        Requests.Asked asked = Requests.asked(body(context));
        boolean csv = asked.format().equals("csv");
        context.contentType(csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
        context.header(Header.CONTENT_DISPOSITION, "attachment; filename=\"calls." + (csv ? "csv" : "ndjson") + "\"");
        api.export(scope, asked, context.outputStream());
    }

    private void events(SseClient client) {
        Context context = client.ctx();
        @Nullable String after = context.header("Last-Event-ID");
        EventStream.start(
                client,
                config.kept().changes(),
                gate.scope(context),
                after == null ? context.queryParam("after") : after);
    }

    private static byte[] body(Context context) throws IOException {
        byte[] body;
        try (InputStream in = context.bodyInputStream()) {
            body = in.readNBytes(MOST_BYTES + 1);
        }
        if (body.length > MOST_BYTES) {
            throw ApiException.tooLarge(MOST_BYTES);
        }
        return body;
    }

    private static void file(Context context, String name) throws IOException {
        PageFiles.find(name)
                .ifPresentOrElse(
                        file -> context.contentType(file.type()).result(file.bytes()),
                        () -> ApiAnswers.error(context, NOT_FOUND, "notFound", "There is no such file."));
    }

    private static void json(Context context, JsonNode body) {
        context.contentType(ContentType.APPLICATION_JSON).result(body.toString());
    }

    @Override
    public void close() {
        config.kept().changes().close();
        server.close();
    }
}
