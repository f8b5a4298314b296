package io.callweave.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;

/**
 * Three brokers, each in a process of its own, with three replicas of everything; each is a controller, too. Clients and
 * brokers reach each other through ports that can be cut; controllers do not.
 */
public final class BrokerCluster implements AutoCloseable {

    public static final int NODES = 3;

    private static final long PATIENCE_SECONDS = 90;

    private static final List<String> REPLICATED = List.of(
            "default.replication.factor=3",
            "min.insync.replicas=2",
            "offsets.topic.replication.factor=3",
            "transaction.state.log.replication.factor=3",
            "transaction.state.log.min.isr=2");

    private final Path directory;
    private final IntFunction<Map<String, String>> environment;
    private final List<Process> nodes = new ArrayList<>();
    private final List<String> ports = new ArrayList<>();
    private final List<LoopbackProxy> proxies = new ArrayList<>();
    private final String voters;
    private final String bootstrapServers;

    private BrokerCluster(Path directory, IntFunction<Map<String, String>> environment) throws IOException {
        this.directory = directory;
        this.environment = environment;
        List<String> clients = new ArrayList<>();
        List<String> controllers = new ArrayList<>();
        List<BufferedReader> outputs = new ArrayList<>();
        for (int number = 0; number < NODES; number++) {
            LoopbackProxy proxy = new LoopbackProxy();
            proxies.add(proxy);
            clients.add("127.0.0.1:" + proxy.port());
            Process node = launch(number, "0 0");
            nodes.add(node);
            outputs.add(node.inputReader());
        }
        for (int number = 0; number < NODES; number++) {
            ports.add(line(outputs, number));
            String[] both = ports.get(number).split(" ", -1);
            proxies.get(number).target(Integer.parseInt(both[0]));
            controllers.add((number + 1) + "@127.0.0.1:" + both[1]);
        }
        voters = String.join(",", controllers);
        bootstrapServers = String.join(",", clients);
        for (Process node : nodes) {
            say(node, voters);
        }
        for (int number = 0; number < NODES; number++) {
            if (!BrokerNode.STARTED.equals(line(outputs, number))) {
                throw new IllegalStateException("Broker " + number + " says something else.");
            }
        }
    }

    /**
     * Returns once all three take part.
     *
     * @param environment variables of each, by its number from 0
     */
    public static BrokerCluster start(Path directory, IntFunction<Map<String, String>> environment)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        BrokerCluster cluster = new BrokerCluster(directory, environment);
        cluster.awaitAll();
        return cluster;
    }

    /** Returns once all three take part. */
    public void awaitAll() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (!areThere(admin)) {
                Thread.sleep(200);
            }
        }
    }

    private static boolean areThere(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).size() == NODES;
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        }
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public Process process(int number) {
        return nodes.get(number);
    }

    /** Its port for all but controllers. */
    public LoopbackProxy network(int number) {
        return proxies.get(number);
    }

    /** Without any warning. */
    public void kill(int number) throws InterruptedException {
        nodes.get(number).destroyForcibly().waitFor();
    }

    /** In order, as for an upgrade. */
    public void stop(int number) throws IOException, InterruptedException {
        Process node = nodes.get(number);
        say(node, BrokerNode.STOP);
        if (!node.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            kill(number);
        }
    }

    /** Starts one that was stopped or killed, where it was; returns at once. */
    public void start(int number) throws IOException {
        Process node = launch(number, ports.get(number));
        nodes.set(number, node);
        say(node, voters);
    }

    /** The number of the broker that is the active controller. */
    public int controller() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return admin.describeMetadataQuorum().quorumInfo().get().leaderId() - 1;
        } catch (ExecutionException e) {
            throw new IllegalStateException("No broker says which of them is the controller.", e);
        }
    }

    @Override
    public void close() {
        nodes.forEach(Process::destroyForcibly);
        for (LoopbackProxy proxy : proxies) {
            try {
                proxy.close();
            } catch (IOException ignored) {
                // It ends with this process.
            }
        }
    }

    private static void say(Process node, String line) throws IOException {
        node.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        node.getOutputStream().flush();
    }

    private Process launch(int number, String bothPorts) throws IOException {
        List<String> command = JavaProcess.command(JavaProcess.ownClassPath(), BrokerNode.class.getName(), "-Xmx256m");
        command.add(Integer.toString(number + 1));
        command.add(directory.resolve("broker-" + number).toString());
        command.addAll(List.of(bothPorts.split(" ", -1)));
        command.addAll(REPLICATED);
        command.add("advertised.listeners=" + BrokerSettings.CLIENT_LISTENER + "://127.0.0.1:"
                + proxies.get(number).port());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("broker-" + number + ".log").toFile()));
        builder.environment().put("CALLWEAVE_LOG_LEVEL", "WARN");
        builder.environment().putAll(environment.apply(number));
        return builder.start();
    }

    private static String line(List<BufferedReader> outputs, int number) throws IOException {
        String line = outputs.get(number).readLine();
        if (line == null) {
            throw new IllegalStateException("The process of broker " + number + " ended before the broker ran.");
        }
        return line;
    }
}
