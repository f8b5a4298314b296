package io.callweave.operations;

import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.ConsumerReadAhead;
import io.callweave.topology.TopologyConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the topology on a cluster, from the checks before its start to its end. */
public final class StreamsApp implements AutoCloseable {

    /** Enough for a commit and the last fetch; an orchestrator that kills has to wait longer than this. */
    public static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final StreamsAppConfig config;
    private final RocksDbMemory memory;
    private final Meters meters = new Meters();
    private final KafkaStreams streams;
    private final OperationsServer server;
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    private StreamsApp(StreamsAppConfig config, StartUpChecks.Findings findings) {
        this.config = config;
        ConsumerReadAhead clients = new ConsumerReadAhead();
        TopologyConfig topologyConfig =
                config.topology().create(findings.directory(), findings.sourcePartitions(), clients, meters.topology());
        Topology topology = CallweaveTopology.build(topologyConfig);
        memory = new RocksDbMemory(config.rocksDbMemory());
        try {
            streams = new KafkaStreams(topology, StreamsRoleOptions.of(config, memory, clients), clients);
            streams.setUncaughtExceptionHandler(new ThreadReplacement(meters.topology(), System::nanoTime));
            streams.setStateListener(this::heed);
            String described = topology.describe().toString();
            try {
                server = OperationsServer.start(
                        config.httpHost(),
                        config.httpPort(),
                        () -> Health.of(streams.state()),
                        meters::scrape,
                        Map.of("/topology", OperationsServer.Page.text(() -> described)));
                meters.bind(streams);
            } catch (RuntimeException e) {
                streams.close();
                throw e;
            }
        } catch (RuntimeException e) {
            meters.close();
            memory.close();
            throw e;
        }
    }

    /**
     * Checks the cluster, and starts.
     *
     * @throws OperationsException if it must not or cannot run; one sentence
     */
    public static StreamsApp start(StreamsAppConfig config) {
        StartUpChecks.Findings findings;
        try (Cluster cluster = Cluster.connect(config.client(), config.patience())) {
            findings = new StartUpChecks(config).run(cluster);
        }
        findings.warnings().forEach(LOG::warn);
        StreamsApp app;
        try {
            app = new StreamsApp(config, findings);
        } catch (KafkaException e) {
            throw new OperationsException("Kafka Streams cannot start: " + rootMessage(e), e);
        }
        try {
            app.streams.start();
            return app;
        } catch (RuntimeException e) {
            app.close();
            throw new OperationsException("Kafka Streams cannot start: " + rootMessage(e), e);
        }
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    /** Where health and metrics are, such as {@code http://127.0.0.1:8080}. */
    public String httpAddress() {
        return server.address();
    }

    /**
     * Waits until it has ended.
     *
     * @return true if it was closed, false if it failed
     */
    public boolean await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops, and leaves the group, so that others take over at once; a static member comes back, and does not leave. */
    @Override
    public void close() {
        stop(
                config.isStaticMember()
                        ? GroupMembershipOperation.REMAIN_IN_GROUP
                        : GroupMembershipOperation.LEAVE_GROUP,
                STOP_TIMEOUT);
    }

    /** Ends as near to a crash as is possible in one process: nobody is told, and nothing is waited for. */
    public void kill() {
        stop(GroupMembershipOperation.REMAIN_IN_GROUP, Duration.ZERO);
    }

    private void stop(GroupMembershipOperation membership, Duration timeout) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        boolean failed = streams.state() == KafkaStreams.State.ERROR;
        boolean stopped =
                streams.close(CloseOptions.groupMembershipOperation(membership).withTimeout(timeout));
        server.close();
        meters.close();
        if (stopped) {
            memory.close();
        } else if (!timeout.isZero()) {
            LOG.atWarn()
                    .setMessage("Stream threads did not end in time; what they had not committed is done again.")
                    .addKeyValue("timeout", timeout)
                    .log();
        }
        ended.complete(!failed);
    }

    /** Called by threads of Kafka Streams, which must not wait for themselves to end. */
    private void heed(KafkaStreams.State now, KafkaStreams.State before) {
        LOG.atInfo()
                .setMessage("The state of the topology changed.")
                .addKeyValue("state", now)
                .addKeyValue("before", before)
                .log();
        if (now == KafkaStreams.State.ERROR) {
            ended.complete(false);
        }
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
