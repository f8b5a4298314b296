package io.callweave.console.app;

import io.callweave.console.api.ConsoleServer;
import io.callweave.console.api.ServerConfig;
import io.callweave.console.feed.Changes;
import io.callweave.console.feed.Engine;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.KnownNames;
import io.callweave.console.feed.Masking;
import io.callweave.console.feed.NewestLetters;
import io.callweave.console.feed.Rates;
import io.callweave.console.feed.RawNotifications;
import io.callweave.console.feed.TopicFeed;
import io.callweave.console.store.CallStore;
import io.callweave.console.store.LiveBoard;
import io.callweave.console.store.StoreException;
import io.callweave.operations.Health;
import io.callweave.operations.Meters;
import io.callweave.operations.OperationsServer;
import io.callweave.operations.startup.OperationsException;
import io.callweave.permissions.Permissions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One console: its store, the feed that fills it, and the server that shows it. */
public final class ConsoleRole implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleRole.class);

    /** Where the SQLite library unpacks its native part; else the folder for temporary files, which can be without execution. */
    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final ConsoleServer server;
    private final TopicFeed feed;
    private final Optional<OperationsServer> operations;

    private ConsoleRole(ConsoleConfig config) {
        try {
            Kept kept = new Kept(
                    keep(new CallStore(config.dataDirectory())),
                    new LiveBoard(),
                    new KnownNames(config.feed().masking()),
                    new NewestLetters(),
                    new Changes(System::currentTimeMillis),
                    new Rates(System::nanoTime));
            Engine engine = keep(new Engine(
                    config.feed(),
                    List.of(config.application(), Permissions.deliverApplication(config.application()))));
            feed = keep(TopicFeed.start(config.feed(), kept));
            server = keep(ConsoleServer.start(new ServerConfig(
                    config.host(),
                    config.port(),
                    config.tokens(),
                    config.feed().masking() == Masking.ON,
                    version(),
                    config.zones(),
                    config.goals(),
                    kept,
                    new ServerConfig.State(
                            feed::isReady,
                            feed::behindMs,
                            feed::endOffsets,
                            () -> engine.lags().records(),
                            () -> engine.lags().clocks()),
                    new RawNotifications(config.feed()),
                    config.rules(),
                    config.examples(),
                    InstantSource.system())));
            operations = config.operations().map(each -> operations(each, kept));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private OperationsServer operations(ConsoleConfig.Operations where, Kept kept) {
        Meters meters = keep(new Meters());
        ConsoleMetrics.bind(meters.registry(), kept.changes(), feed, kept.calls());
        return keep(
                OperationsServer.start("console", where.host(), where.port(), this::health, meters::scrape, Map.of()));
    }

    private Health health() {
        return feed.isReady()
                ? new Health(true, true, "RUNNING")
                : new Health(true, false, "FILLING", Optional.of("The store is being filled from the topics."));
    }

    /**
     * Starts; the store is filled in the background.
     *
     * @throws OperationsException if it must not or cannot run; one sentence
     */
    public static ConsoleRole start(ConsoleConfig config) {
        if (config.tokens().isEmpty() && !isLoopback(config.host())) {
            throw new OperationsException("console.host is " + config.host()
                    + ", which others can reach: set console.tokens or console.access-file.");
        }
        if (System.getProperty(NATIVE_FOLDER) == null) {
            config.dataDirectory().toFile().mkdirs();
            System.setProperty(NATIVE_FOLDER, config.dataDirectory().toString());
        }
        ConsoleChecks.run(config);
        try {
            return new ConsoleRole(config);
        } catch (StoreException e) {
            throw new OperationsException(String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new OperationsException("console.host is " + host + ", which is no address of this machine.", e);
        }
    }

    private static String version() {
        String version = ConsoleRole.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Such as {@code http://127.0.0.1:8083}. */
    public String address() {
        return server.address();
    }

    /** Where health and metrics are; empty if they are with the rest of the product. */
    public Optional<String> operations() {
        return operations.map(OperationsServer::address);
    }

    /** Whether the store has been filled. */
    public boolean isReady() {
        return feed.isReady();
    }

    private <T extends AutoCloseable> T keep(T each) {
        opened.push(each);
        return each;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.atWarn().setCause(e).log("Something of the console cannot be closed.");
            }
        }
    }
}
