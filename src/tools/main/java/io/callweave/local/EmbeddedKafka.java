package io.callweave.local;

import io.callweave.files.LocalException;
import io.callweave.logging.RootCause;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;

/**
 * A Kafka broker in this JVM: one KRaft node, broker and controller, reachable from this machine only. Put together from
 * the same parts as {@link KafkaRaftServer}, but with sockets that are bound beforehand and with faults of the start as
 * exceptions instead of the end of the process.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private final DataDirectory directory;
    private final LoopbackSockets sockets;
    private final int port;
    private final ControllerServer controller;
    private final BrokerServer broker;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafka(EmbeddedKafkaConfig config, DataDirectory directory, LoopbackSockets sockets)
            throws Exception {
        this.directory = directory;
        this.sockets = sockets;
        port = sockets.port();
        KafkaConfig kafkaConfig = new KafkaConfig(
                BrokerSettings.of(
                        directory.path(),
                        port,
                        sockets.controllerAddress().getPort(),
                        directory.isAfterCrash(),
                        config.overrides()),
                false);
        StartupFaults faults = new StartupFaults();
        MetaPropertiesEnsemble meta = directory.metaProperties();
        SharedServer shared = new SharedServer(
                kafkaConfig,
                meta,
                Time.SYSTEM,
                Server.initializeMetrics(
                        kafkaConfig, Time.SYSTEM, meta.clusterId().orElseThrow()),
                CompletableFuture.completedFuture(Map.of(BrokerSettings.NODE_ID, sockets.controllerAddress())),
                List.of(),
                faults,
                sockets);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), directory.bootstrapMetadata());
        broker = new BrokerServer(shared);
        startServers(faults);
    }

    /**
     * Starts a broker and waits until it takes requests.
     *
     * @throws LocalException if the directory or the port cannot be used, with one sentence that says which and why
     */
    public static EmbeddedKafka start(EmbeddedKafkaConfig config) {
        DataDirectory directory = DataDirectory.open(config.directory());
        try {
            LoopbackSockets sockets = LoopbackSockets.bind(config.port());
            try {
                return new EmbeddedKafka(config, directory, sockets);
            } catch (Exception e) { // Scala code throws checked exceptions undeclared
                sockets.close();
                throw new LocalException(
                        "Kafka cannot start in the data directory " + directory.path() + ": " + RootCause.message(e)
                                + ".",
                        e);
            }
        } catch (LocalException e) {
            directory.close();
            throw e;
        }
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public Path directory() {
        return directory.path();
    }

    /** Stops the broker, flushes its data and frees the directory; a second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            stopServers();
            sockets.close();
            directory.close();
        }
    }

    private void startServers(StartupFaults faults) {
        try {
            controller.startup();
            broker.startup();
            faults.started();
        } catch (Throwable e) {
            stopServers();
            throw e;
        }
    }

    private void stopServers() {
        broker.shutdown();
        controller.shutdown();
    }
}
