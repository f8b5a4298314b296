package io.callweave.runtime;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.runtime.http.CurrentAnswer;
import io.callweave.runtime.http.HttpListener;
import io.callweave.runtime.options.RoleOptions;
import io.callweave.runtime.startup.OperationsException;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Health, metrics and further pages of a role over HTTP, read only, without authentication. An orchestrator asks for health
 * from addresses that nobody knows before; all else shows what accounts do, and is for allowed networks only.
 */
public final class RoleServer implements AutoCloseable {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final String TEXT = "text/plain; charset=utf-8";

    static final String LIVE = "/health/live";
    static final String READY = "/health/ready";
    private static final Set<String> PROBES = Set.of(LIVE, READY);

    private static final JsonFactory JSON = new JsonFactory();

    private final HttpListener server;

    /**
     * Something that is shown as it is at the moment.
     *
     * @param about what it shows, in a few words
     */
    public record Page(String about, CurrentAnswer content) {

        public static Page text(String about, Supplier<String> content) {
            return new Page(about, new CurrentAnswer(TEXT, content));
        }

        public static Page json(String about, Supplier<String> content) {
            return new Page(about, new CurrentAnswer(ContentType.JSON, content));
        }
    }

    private final Map<String, Page> pages;

    private RoleServer(HttpListener server, Map<String, Page> pages) {
        this.server = server;
        this.pages = pages;
    }

    /**
     * Starts to listen.
     *
     * @param role heads the index page
     * @param http where it listens; port 0 takes a free one
     * @throws OperationsException if the address cannot be taken
     */
    static RoleServer start(String role, RoleOptions.Http http, Supplier<Health> health, Supplier<String> metrics) {
        Map<String, Page> pages = new ConcurrentHashMap<>();
        HttpListener.Place place =
                new HttpListener.Place("Health and metrics cannot", http.host(), http.port(), "http.host, http.port");
        HttpListener server = HttpListener.start(
                place,
                token -> Optional.empty(),
                config -> { // no route takes a body
                    config.routes.before(context -> checkMayRead(context, http));
                    config.routes.get("/", context -> context.html(IndexPage.of(role, pages)));
                    config.routes.get(LIVE, context -> {
                        Health now = health.get();
                        answer(context, now, now.live());
                    });
                    config.routes.get(READY, context -> {
                        Health now = health.get();
                        answer(context, now, now.ready());
                    });
                    config.routes.get("/metrics", new CurrentAnswer(PROMETHEUS, metrics)::answer);
                    config.routes.get("/<page>", context -> {
                        Page page = pages.get(context.path());
                        if (page == null) {
                            throw new NotFoundResponse();
                        }
                        page.content().answer(context);
                    });
                });
        return new RoleServer(server, pages);
    }

    /** Serves a further page. */
    void show(String path, Page page) {
        pages.put(path, page);
    }

    /** Such as {@code http://127.0.0.1:8080}. */
    public String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
    }

    private static void checkMayRead(Context context, RoleOptions.Http http) throws UnknownHostException {
        String client = context.req().getRemoteAddr();
        // Both are addresses, for which nobody is asked.
        if (!PROBES.contains(context.path())
                && !http.mayReadAll(
                        InetAddress.getByName(client),
                        InetAddress.getByName(context.req().getLocalAddr()),
                        context.header(Header.HOST))) {
            throw new ForbiddenResponse("Only this machine and http.allowed-networks may read this, not " + client
                    + "; " + LIVE + " and " + READY + " are open to all.");
        }
    }

    private static void answer(Context context, Health health, boolean well) throws IOException {
        StringWriter body = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(body)) {
            json.writeStartObject();
            json.writeStringField("status", well ? "up" : "down");
            json.writeBooleanField("live", health.live());
            json.writeBooleanField("ready", health.ready());
            json.writeStringField("state", health.state());
            if (health.reason().isPresent()) {
                json.writeStringField("reason", health.reason().get());
            }
            json.writeEndObject();
        }
        context.status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType(ContentType.APPLICATION_JSON)
                .result(body.toString());
    }
}
