package io.callweave.console.app;

import io.callweave.console.api.ConsoleOptions;
import io.callweave.console.api.ConsoleServer;
import io.callweave.console.api.ExampleCall;
import io.callweave.console.api.ServerConfig;
import io.callweave.console.feed.Changes;
import io.callweave.console.feed.Engine;
import io.callweave.console.feed.FeedConfig;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.KnownNames;
import io.callweave.console.feed.NewestAudits;
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
import io.callweave.runtime.options.RoleOptions;
import io.callweave.runtime.progress.TopicWatch;
import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One console: its store, the feed that fills it, and the server that shows it. */
public final class ConsoleRole implements RunningRole {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleRole.class);

    /** Where the SQLite library unpacks its native part; else the folder for temporary files, which can be without execution. */
    private static final String NATIVE_FOLDER = "org.sqlite.tmpdir";

    private static final List<Topic> NEEDED =
            List.of(Topic.CALLS, Topic.LIVE_CALLS, Topic.WINDOW_METRICS, Topic.NOTIFICATIONS);

    private final RoleParts parts;
    private final ConsoleServer server;
    private final TopicFeed feed;

    private ConsoleRole(
            ConsoleOptions options,
            FeedConfig config,
            Path data,
            Instant liveSince,
            RoleOptions role,
            RoleParts parts) {
        this.parts = parts;
        check(options, role);
        Kept kept = new Kept(
                parts.keep(store(data)),
                new LiveBoard(liveSince),
                new KnownNames(config.masking()),
                new NewestLetters(),
                new NewestAudits(),
                new Changes(System::currentTimeMillis),
                new Rates(System::nanoTime));
        Engine engine = parts.keep(Engine.start(
                config, List.of(role.installation(), Permissions.deliverApplication(role.installation()))));
        feed = parts.keep(TopicFeed.start(config, kept, () -> engine.lags().behind()));
        Admin admin = Cluster.admin(role.client());
        parts.keep(() -> admin.close(Duration.ZERO));
        parts.keep(TopicWatch.start(
                admin,
                NEEDED.stream().map(role.topics()::name).collect(Collectors.toUnmodifiableSet()),
                (topic, partitions) -> {},
                parts::fails));
        ConsoleMetrics.bind(parts.meters().registry(), kept.changes(), feed, kept.calls());
        server = parts.keep(ConsoleServer.start(new ServerConfig(
                options,
                version(),
                kept,
                new ServerConfig.State(
                        feed::isReady,
                        feed::behindMs,
                        feed::endOffsets,
                        () -> engine.lags().records(),
                        () -> engine.lags().clocks()),
                new RawNotifications(config),
                InstantSource.system())));
        parts.show(() -> health(kept.calls(), feed.isReady()));
        parts.works();
    }

    static Health health(CallStore store, boolean isFilled) {
        if (store.isDamaged()) {
            return new Health(
                    false,
                    false,
                    "DAMAGED",
                    Optional.of("The file of the store is damaged. Restart the console: it then makes a new one."));
        }
        Optional<String> fault = store.fault();
        if (fault.isPresent()) {
            return new Health(
                    true,
                    false,
                    "CANNOT_WRITE",
                    Optional.of(
                            "The store cannot be written, so nothing new is shown. Work continues when it can; check the"
                                    + " disk of console.data-dir. " + fault.get()));
        }
        return isFilled
                ? new Health(true, true, "RUNNING")
                : new Health(true, false, "FILLING", Optional.of("The store is being filled from the topics."));
    }

    /**
     * Starts; the store is filled in the background.
     *
     * @throws OperationsException if it must not or cannot run; one sentence
     */
    public static ConsoleRole start(Settings settings) {
        return start(settings, List.of(), Instant.MIN);
    }

    /**
     * The same as part of the whole product, where the page offers these calls first.
     *
     * @param liveSince start of the product: events that it missed before do not come, so calls of an earlier run never end
     */
    public static ConsoleRole start(Settings settings, List<ExampleCall> examples, Instant liveSince) {
        RoleOptions role = RoleOptions.of(settings);
        ConsoleOptions options = ConsoleOptions.of(settings, examples);
        FeedConfig config = FeedConfig.of(settings);
        Path data = settings.get(KnownSettings.CONSOLE_DATA_DIR);
        return RoleParts.start(
                "console", role, parts -> new ConsoleRole(options, config, data, liveSince, role, parts));
    }

    private static void check(ConsoleOptions options, RoleOptions role) {
        if (options.tokens().isEmpty() && !isLoopback(options.host())) {
            throw new OperationsException("console.host is " + options.host()
                    + ", which others can reach: set console.tokens or console.access-file.");
        }
        try (Cluster cluster = Cluster.connect(role.client())) {
            cluster.check(ClientRole.CONSOLE, role.installation(), role.topics().prefix(), NEEDED);
        }
    }

    private static CallStore store(Path folder) {
        if (System.getProperty(NATIVE_FOLDER) == null) {
            System.setProperty(NATIVE_FOLDER, folder.toString());
            forgetOlderLibraries(folder);
        }
        try {
            return new CallStore(folder);
        } catch (StoreException e) {
            throw new OperationsException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Each start unpacks one under a name of its own, and a process that is ended deletes none. */
    private static void forgetOlderLibraries(Path folder) {
        try (DirectoryStream<Path> libraries = Files.newDirectoryStream(folder, "sqlite-*-*sqlitejdbc*")) {
            for (Path each : libraries) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | DirectoryIteratorException notDeleted) {
            LOG.atDebug().setCause(notDeleted).log("Older libraries of SQLite stay.");
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
