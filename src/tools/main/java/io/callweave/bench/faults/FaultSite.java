package io.callweave.bench.faults;

import io.callweave.files.LocalException;
import io.callweave.local.BrokerCluster;
import io.callweave.local.JavaProcess;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.runtime.CloseStack;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.common.GroupState;
import org.jspecify.annotations.Nullable;

/**
 * A whole installation on this machine, each part in a process of its own: three brokers, two {@code streams} with standbys and a
 * third one to scale out to, two {@code bridge}, {@code deliver}, {@code console}; here, a RingCentral for one account, and
 * endpoints of webhooks.
 */
final class FaultSite implements AutoCloseable {

    static final String PREFIX = "faults.";
    static final String TOKEN = "token-of-the-faults";
    static final int PARTITIONS = 4;

    private static final String GROUP = "faults";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String SLOW = "disk-slow";
    private static final long SMALL = 24L << 20;
    private static final long LARGE = 8L << 30;

    /** Which have a clock of their own, beside one broker. */
    private static final Set<String> MOVED = Set.of("streams-1", "bridge-1", "deliver-0", "console-0");

    /** As in helm/callweave/values.yaml, and waits of calls that a run can wait for. */
    private static final Map<String, String> STREAMS = Map.ofEntries(
            Map.entry("application.id", GROUP),
            Map.entry("artifacts.insights", "full"),
            Map.entry("artifacts.settle", "1s"),
            Map.entry("completion.linger", "2s"),
            Map.entry("completion.peer-wait", "4s"),
            Map.entry("completion.open-party-wait", "6s"),
            Map.entry("completion.max-idle", "20s"),
            Map.entry("state.rocksdb-memory", "64MiB"),
            Map.entry("streams.num.stream.threads", "1"),
            Map.entry("streams.num.standby.replicas", "1"),
            Map.entry("streams.session.timeout.ms", "8000"),
            Map.entry("streams.heartbeat.interval.ms", "2000"),
            Map.entry("streams.producer.transaction.timeout.ms", "4000"),
            Map.entry("streams.acceptable.recovery.lag", "1000000"));

    private final CloseStack opened = new CloseStack();
    private final Path directory;
    private final Set<Fault.Kind> kinds;
    private final @Nullable Disk smallDisk;
    private final @Nullable Disk slowDisk;
    private final List<MovedClock> clocks = new ArrayList<>();
    private final BrokerCluster brokers;
    private final Receivers receivers;
    private final PlatformServer platform;
    private final List<RoleProcess> streams = new ArrayList<>();
    private final List<RoleProcess> bridges = new ArrayList<>();
    private final List<URI> webhooks = new ArrayList<>();
    private final RoleProcess deliver;
    private final RoleProcess console;
    private final URI consoleAddress;

    /** By name: the account of each subscription. */
    private final Map<String, String> subscriptions = new TreeMap<>();

    /**
     * Starts everything, and waits until it works.
     *
     * @param kinds of faults that it is made for
     * @param posted accounts that post webhooks
     * @param connected the account of the WebSocket
     */
    FaultSite(Path directory, Set<Fault.Kind> kinds, List<String> posted, String connected)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.kinds = kinds;
        // Else they would outlive a run that is stopped.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-processes"));
        try {
            smallDisk = kinds.contains(Fault.Kind.DISK_FULL) ? mount("disk-0", SMALL) : null;
            slowDisk = kinds.contains(Fault.Kind.DISK_SLOW) ? mount(SLOW, LARGE) : null;
            Path ofBrokers = Files.createDirectories(directory.resolve("brokers"));
            if (slowDisk != null) {
                Files.createSymbolicLink(
                        ofBrokers.resolve("broker-0"), Files.createDirectory(directory.resolve(SLOW + "/broker-0")));
            }
            Map<String, String> moved = clock("broker");
            brokers = opened.keep(BrokerCluster.start(ofBrokers, number -> number == 2 ? moved : Map.of()));
            try (Admin admin = admin()) {
                Topics.create(admin, TopicPlan.withPrefix(PREFIX), PARTITIONS, (short) BrokerCluster.NODES);
            }
            receivers = opened.keep(new Receivers());
            platform = opened.keep(PlatformServer.start(
                    PlatformOptions.of(List.of(connected)).withoutRateLimits(), Clock.systemUTC()));
            subscribe("all", "*");
            subscribe("one", posted.get(0));
            for (int number = 0; number < 3; number++) {
                streams.add(streams(number));
            }
            for (int number = 0; number < 2; number++) {
                bridges.add(bridge(number, posted, connected));
            }
            deliver = role(
                    "deliver",
                    0,
                    "-Xmx160m",
                    Map.of(
                            "deliver.allowed-networks",
                            "127.0.0.1",
                            "deliver.timeout",
                            "2s",
                            "deliver.retry-delays",
                            String.join(",", Collections.nCopies(20, "2s")),
                            "streams.session.timeout.ms",
                            "8000",
                            "streams.heartbeat.interval.ms",
                            "2000"));
            int port = Ports.free();
            consoleAddress = URI.create("http://127.0.0.1:" + port);
            console = role(
                    "console",
                    0,
                    "-Xmx160m",
                    Map.of(
                            "console.port",
                            Integer.toString(port),
                            "console.retention",
                            "366d",
                            "console.data-dir",
                            directory.resolve("console-data").toString()));
            for (RoleProcess each : processes()) {
                if (each != streams.get(2)) {
                    each.start();
                }
            }
            awaitReady();
            while (platform.subscriptions() == 0) {
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private @Nullable Disk mount(String name, long bytes) throws IOException, InterruptedException {
        Disk mounted = Disk.mount(directory.resolve(name), bytes);
        return mounted == null ? null : opened.keep(mounted);
    }

    /** What a process needs for a clock of its own. */
    private Map<String, String> clock(String name) {
        MovedClock clock =
                kinds.contains(Fault.Kind.CLOCK_MOVED) ? MovedClock.of(directory.resolve("clock-" + name)) : null;
        if (clock == null) {
            return Map.of();
        }
        clocks.add(clock);
        return clock.environment();
    }

    private RoleProcess role(String role, int number, String heap, Map<String, String> settings) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(role));
        arguments.addAll(cluster());
        settings.forEach((name, value) -> arguments.add("--set=" + name + "=" + value));
        String name = role + "-" + number;
        arguments.add("--set=state.dir=" + stateOf(name));
        Map<String, String> clock = MOVED.contains(name) ? clock(name) : Map.of();
        return opened.keep(new RoleProcess(name, directory.resolve(name + ".log"), heap, arguments, clock));
    }

    private List<String> cluster() {
        return List.of("--bootstrap-servers=" + brokers.bootstrapServers(), "--topics-prefix=" + PREFIX);
    }

    /** The third one is only there for a while, so it has no place of its own in the group. */
    private RoleProcess streams(int number) throws IOException {
        Map<String, String> settings = new TreeMap<>(STREAMS);
        if (number < 2) {
            settings.put("streams.main.consumer.group.instance.id", "streams-" + number);
        }
        return role("streams", number, "-Xmx256m", settings);
    }

    private RoleProcess bridge(int number, List<String> posted, String connected) throws IOException {
        int port = Ports.free();
        webhooks.add(URI.create("http://127.0.0.1:" + port));
        Map<String, String> settings = new TreeMap<>(Map.of(
                "bridge.port",
                Integer.toString(port),
                "bridge.accounts",
                String.join(",", posted) + "," + connected,
                "bridge.account-tokens",
                String.join(",", posted.stream().map(each -> each + "=" + TOKEN).toList()),
                "bridge.spool.dir",
                spool(number).resolve("spool").toString(),
                "artifacts.insights",
                "full"));
        settings.put("ringcentral.server", platform.address());
        settings.put("ringcentral.client-id", "client-" + connected);
        settings.put("ringcentral.client-secret", "secret-" + connected);
        settings.put("ringcentral.jwt", connected + "=jwt-" + connected);
        settings.put("ringcentral.transport", "websocket");
        settings.put("ringcentral.names", "off");
        return role("bridge", number, "-Xmx128m", settings);
    }

    /** The disk of a bridge's spool. */
    Path spool(int number) throws IOException {
        return Files.createDirectories(directory.resolve("disk-" + number));
    }

    private void subscribe(String name, String account) throws IOException, InterruptedException {
        List<String> command = JavaProcess.command(JavaProcess.ownClassPath(), RoleProcess.COMMANDS);
        command.addAll(List.of("deliver", "subscriptions", "create", receivers.address(name)));
        command.addAll(cluster());
        command.addAll(List.of(
                "--account=" + account,
                "--secret=env:" + Receivers.SECRET_NAME,
                "--no-test",
                "--set=deliver.allowed-networks=127.0.0.1"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("subscribe.log").toFile()));
        builder.environment().put(Receivers.SECRET_NAME, Receivers.SECRET);
        if (builder.start().waitFor() != 0) {
            throw new LocalException("A subscription cannot be created: " + directory.resolve("subscribe.log") + ".");
        }
        subscriptions.put(name, account);
    }

    /** The ways of which one of the first two {@code streams} has one end or both; all, if nobody can say it now. */
    Set<String> waysOf(RoleProcess role) throws InterruptedException {
        Admin admin = admin();
        try {
            ConsumerGroupDescription group = admin.describeConsumerGroups(Set.of(GROUP))
                    .all()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .get(GROUP);
            if (group == null || group.groupState() != GroupState.STABLE) {
                return Standstill.ways();
            }
            Set<String> ways = new TreeSet<>();
            group.members().stream()
                    // Kafka Streams adds the number of the thread.
                    .filter(member -> member.groupInstanceId().orElse("").startsWith(role.name() + "-"))
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .forEach(hosted -> {
                        for (int other = 0; other < PARTITIONS; other++) {
                            ways.add(
                                    hosted.topic().equals(Topic.NOTIFICATIONS.name(PREFIX))
                                            ? Standstill.way(hosted.partition(), other)
                                            : Standstill.way(other, hosted.partition()));
                        }
                    });
            return ways.isEmpty() ? Standstill.ways() : ways;
        } catch (ExecutionException | TimeoutException silent) {
            return Standstill.ways();
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    /** Waits until all that is to work does. */
    void awaitReady() throws InterruptedException {
        for (RoleProcess each : processes()) {
            while (each.isWanted() && !each.isReady()) {
                Thread.sleep(200);
            }
        }
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", brokers.bootstrapServers()));
    }

    BrokerCluster brokers() {
        return brokers;
    }

    /** That of the first bridge's spool; null where none can be mounted. */
    @Nullable
    Disk smallDisk() {
        return smallDisk;
    }

    /** That of the first broker and of the first {@code streams}; null where none can be mounted. */
    @Nullable
    Disk slowDisk() {
        return slowDisk;
    }

    /** Each of one process; none where they cannot be moved. */
    List<MovedClock> clocks() {
        return clocks;
    }

    Receivers receivers() {
        return receivers;
    }

    PlatformServer platform() {
        return platform;
    }

    /** Two that always work, and a third one. */
    List<RoleProcess> streams() {
        return streams;
    }

    List<RoleProcess> bridges() {
        return bridges;
    }

    List<URI> webhooks() {
        return webhooks;
    }

    RoleProcess deliver() {
        return deliver;
    }

    RoleProcess console() {
        return console;
    }

    URI consoleAddress() {
        return consoleAddress;
    }

    Map<String, String> subscriptions() {
        return subscriptions;
    }

    /** Where a role keeps its state. */
    Path stateOf(String name) {
        return directory
                .resolve(slowDisk != null && name.equals("streams-0") ? SLOW : ".")
                .resolve(name + "-state")
                .normalize();
    }

    List<RoleProcess> processes() {
        List<RoleProcess> all = new ArrayList<>(streams);
        all.addAll(bridges);
        all.add(deliver);
        all.add(console);
        return all;
    }

    @Override
    public void close() {
        opened.close();
    }
}
