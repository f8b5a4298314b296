package io.callweave.operations;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.callweave.operations.http.HttpListener;
import io.callweave.operations.startup.OperationsException;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.function.Supplier;

/** Health, metrics and further pages over HTTP, read only, without authentication. */
public final class OperationsServer implements AutoCloseable {

    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private static final JsonFactory JSON = new JsonFactory();

    private final HttpListener server;

    /**
     * Something that is shown as it is at the moment.
     *
     * @param about what it shows, in a few words
     */
    public record Page(String about, String contentType, Supplier<String> content) {

        public static Page text(String about, Supplier<String> content) {
            return new Page(about, ContentType.PLAIN, content);
        }

        public static Page json(String about, Supplier<String> content) {
            return new Page(about, ContentType.JSON, content);
        }
    }

    private OperationsServer(HttpListener server) {
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param role heads the index page
     * @param port 0 takes a free one
     * @param pages further pages, by path
     * @throws OperationsException if the address cannot be taken
     */
    public static OperationsServer start(
            String role,
            String host,
            int port,
            Supplier<Health> health,
            Supplier<String> metrics,
            Map<String, Page> pages) {
        String index = IndexPage.of(role, pages);
        HttpListener.Place place =
                new HttpListener.Place("Health and metrics cannot", host, port, "http.host, http.port");
        return new OperationsServer(HttpListener.start(place, config -> {
            config.routes.get("/", context -> context.html(index));
            config.routes.get("/health/live", context -> {
                Health now = health.get();
                answer(context, now, now.live());
            });
            config.routes.get("/health/ready", context -> {
                Health now = health.get();
                answer(context, now, now.ready());
            });
            config.routes.get(
                    "/metrics", context -> context.contentType(PROMETHEUS).result(metrics.get()));
            pages.forEach((path, page) -> config.routes.get(
                    path,
                    context -> context.contentType(page.contentType())
                            .result(page.content().get())));
        }));
    }

    int port() {
        return server.port();
    }

    /** Such as {@code http://127.0.0.1:8080}. */
    public String address() {
        return server.address();
    }

    @Override
    public void close() {
        server.close();
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
