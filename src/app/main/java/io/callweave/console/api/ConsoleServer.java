package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.access.AccessTokens;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.ChangeListener;
import io.callweave.console.feed.Changes;
import io.callweave.console.store.StoreBusyException;
import io.callweave.console.store.StoreException;
import io.callweave.runtime.http.ApiAnswers;
import io.callweave.runtime.http.HttpListener;
import io.callweave.runtime.startup.OperationsException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.sse.SseHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The console over HTTP: the page, and the API that it uses. */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final String EVENT_STREAM = "text/event-stream";
    private static final int NOT_FOUND = 404;

    /** Jetty closes the connection. */
    private static final int BREAK_OFF = -1;

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
        options.routes.get("/v1/health", context -> json(context, api.health(gate.find(context))));
        for (ConsoleRoute route : ConsoleRoute.values()) {
            if (route != ConsoleRoute.EVENTS) {
                options.routes.addHttpHandler(
                        HandlerType.findOrCreate(route.method()), route.path(), context -> answer(context, route));
            }
        }
        options.routes.get(ConsoleRoute.EVENTS.path(), this::events);
        options.routes.exception(
                StoreBusyException.class, (e, context) -> ApiAnswers.refuse(ApiException.busy(), context));
        options.routes.exception(
                UncheckedIOException.class,
                (e, context) -> LOG.atDebug().setCause(e).log("A client of the console went away."));
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
        return scope;
    }

    private void answer(Context context, ConsoleRoute route) throws IOException {
        AccountScope scope = allowed(context, route);
        String account = context.queryParam("account");
        switch (route) {
            case ME -> json(context, api.me(scope));
            case LIVE -> json(context, api.live(scope, account));
            case WALLBOARD -> json(context, api.wallboard(scope, account));
            case WINDOWS -> json(context, api.windows().answer(scope, context));
            case SEARCH -> json(context, api.search(scope, Requests.asked(ApiAnswers.body(context))));
            case STATISTICS -> json(context, api.statistics(scope, Requests.asked(ApiAnswers.body(context))));
            case EXPORT -> export(context, scope);
            case CALL ->
                json(context, api.calls().show(scope, context.pathParam("account"), context.pathParam("call")));
            case NOTIFICATIONS ->
                json(
                        context,
                        api.evidence().notifications(scope, context.pathParam("account"), context.pathParam("call")));
            case WHY ->
                json(context, api.evidence().why(scope, context.pathParam("account"), context.pathParam("call")));
            case ENGINE -> json(context, api.engine());
            case DEAD_LETTERS -> json(context, api.deadLetters());
            case EVENTS -> throw new IllegalStateException("It has a handler of its own.");
        }
    }

    private void export(Context context, AccountScope scope) throws IOException {
        Requests.Asked asked = Requests.asked(ApiAnswers.body(context));
        boolean csv = asked.format().equals("csv");
        context.contentType(csv ? "text/csv; charset=utf-8" : "application/x-ndjson");
        context.header(Header.CONTENT_DISPOSITION, "attachment; filename=\"calls." + (csv ? "csv" : "ndjson") + "\"");
        try {
            api.export(scope, asked, context::outputStream);
        } catch (IOException e) {
            boolean failed = e.getCause() instanceof StoreException || e.getCause() instanceof StoreBusyException;
            LOG.atLevel(failed ? Level.WARN : Level.DEBUG).setCause(e).log("An export of the console broke off.");
            // Without the end of the answer, clients see that they have a part only.
            context.res().sendError(BREAK_OFF);
        }
    }

    private void events(Context context) throws Exception {
        AccountScope scope = allowed(context, ConsoleRoute.EVENTS);
        String accepted = context.header(Header.ACCEPT);
        if (accepted == null || !accepted.contains(EVENT_STREAM)) {
            throw ApiException.notAcceptable();
        }
        if (ApiAnswers.isHead(context)) {
            new SseHandler(client -> {}).handle(context);
            return;
        }
        Changes changes = config.kept().changes();
        @Nullable String after = context.header("Last-Event-ID");
        @Nullable
        String holder = gate.holder(context).map(AccessTokens.Holder::name).orElse(null);
        ChangeListener listener = changes.tryListen(scope, holder, after == null ? context.queryParam("after") : after)
                .orElseThrow(() -> changes.isFull() ? ApiException.full() : ApiException.fullForToken());
        try {
            new SseHandler(client -> EventStream.start(client, listener)).handle(context);
        } catch (Exception e) {
            listener.close();
            throw e;
        }
    }

    private static void file(Context context, String name) throws IOException {
        PageFiles.find(name)
                .ifPresentOrElse(
                        file -> context.contentType(file.type()).result(file.bytes()),
                        () -> ApiAnswers.error(context, NOT_FOUND, "notFound", "There is no such file."));
    }

    private static void json(Context context, JsonNode body) {
        json(context, body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void json(Context context, byte[] body) {
        context.contentType(ContentType.APPLICATION_JSON).result(body);
    }

    @Override
    public void close() {
        config.kept().changes().close();
        server.close();
    }
}
