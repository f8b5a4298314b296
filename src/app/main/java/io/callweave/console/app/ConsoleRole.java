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
import io.callweave.permissions.ClientRole;
import io.callweave.permissions.Permissions;
import io.callweave.runtime.Health;
import io.callweave.runtime.RoleParts;
import io.callweave.runtime.RunningRole;
import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.topics.Topic;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** One console: its store, the feed that fills it, and the server that shows it. */
public final class ConsoleRole implements RunningRole {

    /** Where the SQLite library unpacks its native part; else the folder for temporary files, which can be without execution. */
    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

    private static final List<Topic> NEEDED =
            List.of(Topic.CALLS, Topic.LIVE_CALLS, Topic.WINDOW_METRICS, Topic.NOTIFICATIONS);

    private final RoleParts parts;
    private final ConsoleServer server;
    private final TopicFeed feed;

    private ConsoleRole(ConsoleConfig config, RoleParts parts) {
        this.parts = parts;
        check(config);
        Kept kept = new Kept(
                parts.keep(store(config)),
                new LiveBoard(config.liveSince()),
                new KnownNames(config.feed().masking()),
                new NewestLetters(),
                new Changes(System::currentTimeMillis),
                new Rates(System::nanoTime));
        Engine engine = parts.keep(new Engine(
                config.feed(), List.of(config.application(), Permissions.deliverApplication(config.application()))));
        feed = parts.keep(TopicFeed.start(config.feed(), kept));
        ConsoleMetrics.bind(parts.meters().registry(), kept.changes(), feed, kept.calls());
        server = parts.keep(ConsoleServer.start(new ServerConfig(
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
        parts.show(() -> feed.isReady()
                ? new Health(true, true, "RUNNING")
                : new Health(true, false, "FILLING", Optional.of("The store is being filled from the topics.")));
        parts.works();
    }

    /**
     * Starts; the store is filled in the background.
     *
     * @throws OperationsException if it must not or cannot run; one sentence
     */
    public static ConsoleRole start(ConsoleConfig config) {
        return RoleParts.start(
                "console", config.httpHost(), config.httpPort(), parts -> new ConsoleRole(config, parts));
    }

    private static void check(ConsoleConfig config) {
        if (config.tokens().isEmpty() && !isLoopback(config.host())) {
            throw new OperationsException("console.host is " + config.host()
                    + ", which others can reach: set console.tokens or console.access-file.");
        }
        try (Cluster cluster = Cluster.connect(config.feed().client(), Cluster.PATIENCE)) {
            var unused = cluster.check(
                    ClientRole.CONSOLE, config.application(), config.feed().prefix(), NEEDED);
        }
    }

    private static CallStore store(ConsoleConfig config) {
        if (System.getProperty(NATIVE_FOLDER) == null) {
            config.dataDirectory().toFile().mkdirs();
            System.setProperty(NATIVE_FOLDER, config.dataDirectory().toString());
        }
        try {
            return new CallStore(config.dataDirectory());
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

    @Override
    public RoleParts parts() {
        return parts;
    }

    @Override
    public List<String> offers() {
        return List.of("the console is at " + address());
    }

    /** Such as {@code http://127.0.0.1:8083}. */
    public String address() {
        return server.address();
    }

    /** Whether the store has been filled. */
    public boolean isReady() {
        return feed.isReady();
    }
}
