package io.callweave.runtime.http;

import io.callweave.runtime.startup.OperationsException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.servlet.JavalinServlet;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that listens at one address, with the limits that keep one client from taking it up. The only one there is. */
public final class HttpListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

    /** A bad mobile connection reads more. */
    private static final long READ_PER_SECOND = 16_384;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What does not fit in tries again after a second. The most that Linux allows by itself; Java's default is 50. */
    private static final int ACCEPT_QUEUE = 4_096;

    /**
     * Small answers fit in, whatever windows a client has, so that no thread waits until they are read. A large one that strangers can ask for
     * is a {@link FixedAnswer}.
     */
    private static final int SEND_BUFFER = 128 << 10;

    /**
     * Ids in paths can hold what only the loosest rules let through; no file is served by its path. But %u0041 is no encoding, and Javalin fails at
     * it.
     */
    private static final UriCompliance PATHS =
            UriCompliance.LEGACY.without("IDS", UriCompliance.Violation.UTF16_ENCODINGS);

    private final Place place;
    private final Server server;
    private final ServerConnector connector;
    private final OpenConnections connections;

    /**
     * Where it listens.
     *
     * @param what cannot be served if the address cannot be taken, with its verb: "The console cannot"
     * @param port 0 takes a free one
     * @param settings that say the address
     * @param tls null for plain HTTP
     */
    public record Place(String what, String host, int port, String settings, SslContextFactory.@Nullable Server tls) {

        /** Plain HTTP. */
        public Place(String what, String host, int port, String settings) {
            this(what, host, port, settings, null);
        }

        private String url(int boundPort) {
            return (tls == null ? "http://" : "https://") + (host.contains(":") ? "[" + host + "]" : host) + ":"
                    + boundPort;
        }
    }

    private HttpListener(Place place, HttpLimits limits, UriCompliance paths, Handler handler, Request.Handler errors) {
        this.place = place;
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("http");
        server = new Server(threads);
        connections = new OpenConnections(limits, System::nanoTime);
        connector = new ServerConnector(server, 1, -1, factories(place.tls(), limits, paths)) {
            @Override
            protected SocketChannelEndPoint newEndPoint(
                    SocketChannel channel, ManagedSelector selector, SelectionKey key) {
                PacedReads endPoint = new PacedReads(channel, selector, key, getScheduler());
                endPoint.setIdleTimeout(getIdleTimeout());
                return endPoint;
            }
        };
        connector.setHost(place.host());
        connector.setPort(place.port());
        connector.setIdleTimeout(limits.idleTimeout().toMillis());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setAcceptedSendBufferSize(SEND_BUFFER);
        connector.addBean(connections);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.maxConnections(), connector));
        server.setStopTimeout(limits.stopTimeout().toMillis());
        server.setHandler(connections.watching(handler));
        server.setErrorHandler(errors);
    }

    /**
     * Starts to listen.
     *
     * @param errors answers what the server refuses by itself
     * @param shed hears how many connections were closed because they took too long, or to make room
     * @throws OperationsException if the address cannot be taken
     */
    public static HttpListener start(
            Place place, HttpLimits limits, Handler handler, Request.Handler errors, IntConsumer shed) {
        return new HttpListener(place, limits, UriCompliance.DEFAULT, handler, errors).started(shed);
    }

    /**
     * Starts to listen, and answers by routes. HEAD is answered as GET, without the body. Routes get whole bodies
     * ({@link ApiAnswers#body}), so that a client that sends slowly holds no thread; one that reads slowly holds some,
     * and not for long.
     *
     * @param owners whose an access token is, equal for all tokens of the same accounts: those share threads and connections.
     *     Whose token has none can be let in by the routes only; its body gets less time, and its connection one answer
     * @param configured adds the routes
     * @throws OperationsException if the address cannot be taken
     */
    public static HttpListener start(
            Place place, Function<Optional<String>, Optional<?>> owners, Consumer<JavalinConfig> configured) {
        Javalin javalin = Javalin.create(options -> {
            options.startup.showJavalinBanner = false;
            options.startup.showOldJavalinVersionWarning = false;
            options.startup.startupWatcherEnabled = false;
            configured.accept(options);
        });
        // Javalin's own server would start WebSockets too.
        ServletHolder routes = new ServletHolder(new JavalinServlet(javalin.unsafe));
        routes.setAsyncSupported(true);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(routes, "/*");
        SlowReaders readers = new SlowReaders(READ_PER_SECOND, PATIENCE);
        readers.setHandler(new WholeBodies(
                new Shares(new HeadAsGet(context), owners),
                token -> owners.apply(token).isPresent()));
        return new HttpListener(place, HttpLimits.OF_ROUTES, PATHS, readers, new JsonErrors()).started(closed -> {});
    }

    private HttpListener started(IntConsumer shed) {
        try {
            server.start();
        } catch (IOException e) {
            close();
            throw new OperationsException(
                    place.what() + " be served at " + place.host() + ":" + place.port() + " (" + place.settings()
                            + "): the address is in use, or does not belong to this machine.",
                    e);
        } catch (Exception e) { // LifeCycle#start declares it
            close();
            throw new OperationsException(place.what() + " be served: " + e.getMessage() + ".", e);
        }
        sweepLater(shed);
        return this;
    }

    private void sweepLater(IntConsumer shed) {
        var unused = server.getScheduler()
                .schedule(
                        () -> {
                            sweepLater(shed);
                            shed.accept(connections.close());
                        },
                        connections.sweepMillis(),
                        TimeUnit.MILLISECONDS);
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Such as {@code http://127.0.0.1:8080}. */
    public String address() {
        return place.url(port());
    }

    public boolean isRunning() {
        return server.isRunning() && connector.isOpen();
    }

    /** How many connections are open. */
    public int connections() {
        return connections.open();
    }

    /** Whether nobody else gets in, or only after a wait that senders do not have, and that not only for a moment. */
    public boolean isFull() {
        PacedTls tls = connector.getConnectionFactory(PacedTls.class);
        return connections.isFull() || (tls != null && tls.isSlow());
    }

    /**
     * Tells that the connection of this request brought something that only a known sender can send. When connections become
     * few, it is closed after all others; first those of a sender with many.
     *
     * @param sender equal for all of its connections
     */
    public static void vouchFor(Request request, Object sender) {
        OpenConnections.vouchFor(request, sender);
    }

    /** Whether the client has gone, while its answer takes long. Without TLS. The connection ends with the answer. */
    public static boolean hasLeft(Context context) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
        return hasLeft(request, request.getServletContextResponse());
    }

    static boolean hasLeft(Request request, Response response) {
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        return endPoint(request) instanceof PacedReads client && client.hasLeft();
    }

    /**
     * Closes the connection in the middle of an answer. Not through the response: Javalin, which ends the answer after its handler,
     * would log that it is over.
     */
    public static void breakOff(Context context) {
        endPoint(ServletContextRequest.getServletContextRequest(context.req())).close(new EofException());
    }

    /** Whether it stops, and ends all connections. */
    public static boolean isStopping(Context context) {
        return !ServletContextRequest.getServletContextRequest(context.req())
                .getConnectionMetaData()
                .getConnector()
                .getServer()
                .isRunning();
    }

    private static EndPoint endPoint(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    /** Takes no new requests, and waits for the answers of those that it took. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) { // LifeCycle#stop declares it
            LOG.atWarn()
                    .setMessage("A server did not stop cleanly.")
                    .addKeyValue("failure", e.getClass().getSimpleName())
                    .log();
        }
    }

    private ConnectionFactory[] factories(
            SslContextFactory.@Nullable Server tls, HttpLimits limits, UriCompliance paths) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(limits.maxHeaderBytes());
        http.setUriCompliance(paths);
        // No leniency: what stands before us could see another end of a message, or of a header.
        http.setHttpCompliance(HttpCompliance.STRICT);
        ConnectionFactory plain = new BoundedLines(http);
        List<ConnectionFactory> factories = new ArrayList<>();
        if (!limits.ofAddress().proxies().isEmpty()) {
            factories.add(new ProxyHeaders(limits.ofAddress()));
        }
        if (tls != null) {
            PacedTls secure = new PacedTls(tls, plain.getProtocol(), connections);
            // It would compare names in certificate and request; the path and the token decide, not the name.
            secure.setEnsureSecureRequestCustomizer(false);
            factories.add(secure);
        }
        factories.add(plain);
        return factories.toArray(ConnectionFactory[]::new);
    }
}
