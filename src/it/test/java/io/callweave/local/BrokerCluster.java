package io.callweave.local;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Three brokers, each in a process of its own, with three replicas of everything; each is a controller, too. */
public final class BrokerCluster implements AutoCloseable {

    private static final int NODES = 3;

    /** Only a failure waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final List<String> REPLICATED = List.of(
            "default.replication.factor=3",
            "min.insync.replicas=2",
            "offsets.topic.replication.factor=3",
            "transaction.state.log.replication.factor=3",
            "transaction.state.log.min.isr=2");

    private final Path directory;
    private final List<String> settings;
    private final List<Process> nodes = new ArrayList<>();
    private final List<String> ports = new ArrayList<>();
    private final String voters;
    private final String bootstrapServers;

    private BrokerCluster(Path directory, List<String> settings) throws IOException {
        this.directory = directory;
        this.settings = settings;
        List<String> clients = new ArrayList<>();
        List<String> controllers = new ArrayList<>();
        List<BufferedReader> outputs = new ArrayList<>();
        for (int number = 1; number <= NODES; number++) {
            Process node = process(number, "0 0");
            nodes.add(node);
            outputs.add(node.inputReader());
        }
        for (int number = 1; number <= NODES; number++) {
            ports.add(line(outputs, number));
            String[] both = ports.get(number - 1).split(" ", -1);
            clients.add("127.0.0.1:" + both[0]);
            controllers.add(number + "@127.0.0.1:" + both[1]);
        }
        voters = String.join(",", controllers);
        for (Process node : nodes) {
            say(node, voters);
        }
        for (int number = 1; number <= NODES; number++) {
            if (!BrokerNode.STARTED.equals(line(outputs, number))) {
                throw new IllegalStateException("Broker " + number + " says something else.");
            }
        }
        bootstrapServers = String.join(",", clients);
    }

    /**
     * Returns once all three take part.
     *
     * @param settings of each broker, as name=value
     */
    public static BrokerCluster start(Path directory, String... settings) throws IOException {
        Files.createDirectories(directory);
        List<String> all = new ArrayList<>(REPLICATED);
        all.addAll(List.of(settings));
        BrokerCluster cluster = new BrokerCluster(directory, all);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> admin.describeCluster().nodes().get().size() == NODES);
        }
        return cluster;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Without any warning. */
    public void kill(int number) throws InterruptedException {
        nodes.get(number - 1).destroyForcibly().waitFor();
    }

    /** In order, as for an upgrade. */
    public void stop(int number) throws IOException, InterruptedException {
        Process node = nodes.get(number - 1);
        say(node, BrokerNode.STOP);
        if (!node.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill(number);
        }
    }

    /** Starts one that was stopped or killed, where it was; returns at once. */
    public void start(int number) throws IOException {
        Process node = process(number, ports.get(number - 1));
        nodes.set(number - 1, node);
        say(node, voters);
    }

    /** The number of the broker that is the active controller. */
    public int controller() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.describeMetadataQuorum().quorumInfo().get().leaderId();
        }
    }

    @Override
    public void close() {
        nodes.forEach(Process::destroyForcibly);
    }

    private static void say(Process node, String line) throws IOException {
        node.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().flush();
    }

    private Process process(int number, String bothPorts) throws IOException {
        List<String> command = ChildJvm.command(
                BrokerNode.class.getName(),
                "-Xmx256m",
                "-Dlogback.configurationFile=logback.xml"); // the product's, not the tests'
        command.add(Integer.toString(number));
        command.add(directory.resolve("broker-" + number).toString());
        command.addAll(List.of(bothPorts.split(" ", -1)));
        command.addAll(settings);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("broker-" + number + ".log").toFile()));
        builder.environment().put("CALLWEAVE_LOG_LEVEL", "WARN");
        return builder.start();
    }

    private static String line(List<BufferedReader> outputs, int number) throws IOException {
        String line = outputs.get(number - 1).readLine();
        if (line == null) {
            throw new IllegalStateException("The process of broker " + number + " ended before the broker ran.");
        }
        return line;
    }
}
