package io.callweave.local;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One of several brokers, in a process of its own. It binds its ports first and says which they are; then it is told those of
 * all controllers, and starts.
 */
final class BrokerNode {

    static final String STARTED = "started";

    /** Ask it to stop in order; without, it ends as after a kill. */
    static final String STOP = "stop";

    private static final int FIRST_SETTING = 4;
    private static final String CLUSTER_ID = "Q2FsbHdlYXZlQ2x1c3Rlcg";

    private BrokerNode() {}

    /**
     * Runs until its input has another line or ends.
     *
     * @param args number, directory, port for clients and for controllers (0 for free ones), and settings as name=value
     */
    public static void main(String[] args) throws Exception {
        int number = Integer.parseInt(args[0]);
        Path directory = Path.of(args[1]);
        LoopbackSockets sockets = LoopbackSockets.bind(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        int controllerPort = sockets.controllerAddress().getPort();
        System.out.println(sockets.port() + " " + controllerPort);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String voters = in.readLine();

        Map<String, String> settings =
                new HashMap<>(Map.of("node.id", Integer.toString(number), "controller.quorum.voters", voters));
        for (String setting : List.of(args).subList(FIRST_SETTING, args.length)) {
            settings.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        KafkaConfig config =
                new KafkaConfig(BrokerSettings.of(directory, sockets.port(), controllerPort, true, settings), false);
        format(number, directory);
        MetaPropertiesEnsemble meta = new MetaPropertiesEnsemble.Loader()
                .addLogDirs(List.of(directory.toString()))
                .addMetadataLogDir(directory.toString())
                .load();
        SharedServer shared = new SharedServer(
                config,
                meta,
                Time.SYSTEM,
                Server.initializeMetrics(config, Time.SYSTEM, CLUSTER_ID),
                CompletableFuture.completedFuture(addresses(voters)),
                List.of(),
                new StandardFaultHandlerFactory(),
                sockets);
        ControllerServer controller = new ControllerServer(
                shared, KafkaRaftServer.configSchema(), BootstrapMetadata.fromDirectory(directory));
        BrokerServer broker = new BrokerServer(shared);
        controller.startup();
        broker.startup();
        System.out.println(STARTED);
        if (STOP.equals(in.readLine())) {
            broker.shutdown();
            controller.shutdown();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void format(int number, Path directory) throws Exception {
        new Formatter()
                .setNodeId(number)
                .setClusterId(CLUSTER_ID)
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setIgnoreFormatted(true)
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .run();
    }

    private static Map<Integer, InetSocketAddress> addresses(String voters) {
        Map<Integer, InetSocketAddress> addresses = new HashMap<>();
        for (String voter : voters.split(",", -1)) {
            String[] parts = voter.split("[@:]", -1);
            addresses.put(Integer.valueOf(parts[0]), new InetSocketAddress(parts[1], Integer.parseInt(parts[2])));
        }
        return addresses;
    }
}
