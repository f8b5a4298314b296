package io.callweave.console.api;

import io.callweave.access.AccountScope;
import io.callweave.console.store.StoreBusyException;
import io.callweave.console.store.StoreSlowException;
import io.callweave.runtime.http.ApiAnswers;
import io.callweave.runtime.http.FixedAnswer;
import io.callweave.runtime.http.HttpListener;
import io.callweave.runtime.http.MemoryBudget;
import io.callweave.runtime.startup.OperationsException;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console over HTTP: the page, and the API that it uses. */
public final class ConsoleServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final int NOT_FOUND = 404;

    private final ServerConfig config;
    private final Gate gate;
    private final ConsoleApi api;
    private final HttpListener server;

    /** A client that reads slowly keeps the whole answer. */
    private final MemoryBudget answers = new MemoryBudget(Runtime.getRuntime().maxMemory() / 3);

    private ConsoleServer(ServerConfig config) {
        this.config = config;
        gate = new Gate(config.options().tokens());
        api = new ConsoleApi(config);
        server = HttpListener.start(
                new HttpListener.Place(
                        "The console cannot",
                        config.options().host(),
                        config.options().port(),
                        "console.host, console.port"),
                gate::find,
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
        options.routes.get(
                "/v1/health",
                context -> context.contentType(ContentType.APPLICATION_JSON)
                        .result(api.health(gate.find(context)).toString()));
        for (ConsoleRoute route : ConsoleRoute.values()) {
            options.routes.addHttpHandler(
                    HandlerType.findOrCreate(route.method()), route.path(), context -> answer(context, route));
        }
        options.routes.exception(
                StoreBusyException.class, (e, context) -> ApiAnswers.refuse(ApiException.busy(), context));
        options.routes.exception(
                StoreSlowException.class, (e, context) -> ApiAnswers.refuse(ApiException.slow(), context));
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

    private void answer(Context context, ConsoleRoute route) throws Exception {
        AccountScope scope = allowed(context, route);
        route.answer(api, new ConsoleRequest(context, scope, answers));
    }

    private static void file(Context context, String name) {
        FixedAnswer file = PageFiles.find(name);
        if (file == null) {
            ApiAnswers.error(context, NOT_FOUND, "notFound", "There is no such file.");
        } else {
            file.answer(context);
        }
    }

    @Override
    public void close() {
        server.close();
        // Last: nobody comes who would listen until the next sign of life.
        config.kept().changes().close();
    }
}
