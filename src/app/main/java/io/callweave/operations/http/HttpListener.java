package io.callweave.operations.http;

import io.callweave.operations.startup.OperationsException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** A server that listens at one address. */
public final class HttpListener implements AutoCloseable {

    /** A bad mobile connection has more. */
    private static final long READ_PER_SECOND = 16_384;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Place place;
    private final Javalin server;

    /**
     * Where it listens.
     *
     * @param what cannot be served if the address cannot be taken, with its verb: "The console cannot"
     * @param port 0 takes a free one
     * @param settings that say the address
     */
    public record Place(String what, String host, int port, String settings) {}

    private HttpListener(Place place, Javalin server) {
        this.place = place;
        this.server = server;
    }

    /**
     * Starts to listen.
     *
     * @param configured adds routes
     * @throws OperationsException if the address cannot be taken
     */
    public static HttpListener start(Place place, Consumer<JavalinConfig> configured) {
        Javalin server = Javalin.create(options -> {
            options.startup.showJavalinBanner = false;
            options.startup.showOldJavalinVersionWarning = false;
            options.startup.startupWatcherEnabled = false;
            options.jetty.host = place.host();
            options.jetty.port = place.port();
            options.jetty.modifyServer(jetty -> jetty.setHandler(new SlowReaders(READ_PER_SECOND, PATIENCE)));
            configured.accept(options);
        });
        try {
            return new HttpListener(place, server.start());
        } catch (RuntimeException e) {
            server.stop();
            if (e instanceof JavalinBindException || e.getCause() instanceof IOException) {
                throw new OperationsException(
                        place.what() + " be served at " + place.host() + ":" + place.port() + " (" + place.settings()
                                + "): the address is in use, or does not belong to this machine.",
                        e);
            }
            throw e;
        }
    }

    public int port() {
        return server.port();
    }

    /** Such as {@code http://127.0.0.1:8080}. */
    public String address() {
        String host = place.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
