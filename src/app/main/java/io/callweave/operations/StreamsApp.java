package io.callweave.operations;

import io.callweave.operations.options.RocksDbMemory;
import io.callweave.operations.options.StreamsAppConfig;
import io.callweave.operations.options.StreamsRoleOptions;
import io.callweave.operations.progress.ProgressWatch;
import io.callweave.operations.startup.Cluster;
import io.callweave.operations.startup.HopTopic;
import io.callweave.operations.startup.OperationsException;
import io.callweave.operations.startup.StartUpChecks;
import io.callweave.operations.startup.StateFault;
import io.callweave.operations.startup.StateFolder;
import io.callweave.operations.startup.StreamsPermissions;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.RecordAttempts;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.time.ConsumerProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the topology on a cluster, from the checks before its start to its end. */
public final class StreamsApp implements ClusterApp {

    /** Enough for a commit and the last fetch; an orchestrator that kills has to wait longer than this. */
    public static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private static final double MILLIS_PER_SECOND = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final StreamsAppConfig config;
    private final RocksDbMemory memory;
    private final Meters meters = new Meters();
    private final KafkaStreams streams;
    private final OperationsServer server;
    private final Admin admin;
    private final ProgressWatch progress;
    private final Restores restores = new Restores();
    private final CompletableFuture<Boolean> running = new CompletableFuture<>();
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Whether the permissions were looked at since the internal topics are there. */
    private final AtomicBoolean checked = new AtomicBoolean();

    private StreamsApp(StreamsAppConfig config, StartUpChecks.Findings findings) {
        this.config = config;
        ConsumerProgress clients = new ConsumerProgress();
        TopologyConfig topologyConfig = new TopologyConfig(
                config.topology(),
                findings.inputs(),
                findings.sourcePartitions(),
                TopologyConfig.Clock.system(config.readAhead().apply(clients)),
                TopologyConfig.Listener.NONE,
                meters.topology());
        RecordAttempts attempts = new RecordAttempts(
                System::nanoTime, new RepeatedRecords(config.applicationId(), meters.topology())::report);
        Topology topology = CallweaveTopology.build(topologyConfig, attempts);
        memory = new RocksDbMemory(config.rocksDbMemory());
        try {
            streams = new KafkaStreams(
                    topology, StreamsRoleOptions.of(config, findings.sourcePartitions(), memory, clients), clients);
            streams.setUncaughtExceptionHandler(new ThreadReplacement(
                    meters.topology()::threadFailed,
                    System::nanoTime,
                    known -> StreamsPermissions.lacking(config).orElse(known)));
            streams.setStateListener(this::heed);
            streams.setGlobalStateRestoreListener(restores);
            TopologyDescription description = topology.describe();
            String described = description.toString();
            Tasks tasks = new Tasks(streams);
            admin = Cluster.admin(config.client(), config.servers());
            progress = ProgressWatch.start(
                    admin,
                    config.applicationId(),
                    new ProgressWatch.Watched(tasks::activePartitions, restores::isAny, config::isOwnTopic, attempts),
                    config.progress());
            try {
                meters.topology().progress(progress::standstillSeconds, () -> seconds(progress.silence()));
                tasks.show(description, meters.topology());
                server = OperationsServer.start(
                        "streams",
                        config.httpHost(),
                        config.httpPort(),
                        () -> Health.of(streams.state(), progress.silence(), progress.standstill(), restores.inWords()),
                        meters::scrape,
                        Map.of(
                                "/topology",
                                OperationsServer.Page.text("The topology of Kafka Streams.", () -> described)));
                meters.bind(streams);
            } catch (RuntimeException e) {
                progress.close();
                admin.close(Duration.ZERO);
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
        StateFolder.check(
                Path.of(String.valueOf(config.streams().get(StreamsConfig.STATE_DIR_CONFIG))), config.applicationId());
        StartUpChecks.Findings findings;
        try (Cluster cluster = Cluster.connect(config.client(), config.patience())) {
            findings = new StartUpChecks(config).run(cluster);
            if (!findings.hop()) {
                HopTopic.create(cluster, config, findings.sourcePartitions());
            }
        }
        findings.warnings().forEach(LOG::warn);
        StreamsApp app;
        try {
            app = new StreamsApp(config, findings);
        } catch (KafkaException e) {
            throw cannotStart(e);
        }
        try {
            app.streams.start();
            return app;
        } catch (RuntimeException e) {
            app.close();
            throw cannotStart(e);
        }
    }

    private static OperationsException cannotStart(RuntimeException failure) {
        return new OperationsException(
                StateFault.sentence(failure).orElseGet(() -> "Kafka Streams cannot start: " + rootMessage(failure)),
                failure);
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    @Override
    public String httpAddress() {
        return server.address();
    }

    @Override
    public boolean awaitRunning() throws InterruptedException {
        return get(running);
    }

    @Override
    public boolean await() throws InterruptedException {
        return get(ended);
    }

    private static boolean get(CompletableFuture<Boolean> outcome) throws InterruptedException {
        try {
            return outcome.get();
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

    /** Ends as near to a crash as one process can: it leaves no group and waits for nothing. */
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
        progress.close();
        admin.close(Duration.ZERO);
        meters.close();
        if (stopped) {
            memory.close();
        } else if (!timeout.isZero()) {
            LOG.atWarn()
                    .setMessage("Stream threads did not end in time; uncommitted work is repeated.")
                    .addKeyValue("timeout", timeout)
                    .log();
        }
        end(!failed);
    }

    private void end(boolean closed) {
        running.complete(false);
        ended.complete(closed);
    }

    /** Called by threads of Kafka Streams, which must not wait for themselves to end. */
    private void heed(KafkaStreams.State now, KafkaStreams.State before) {
        LOG.atInfo()
                .setMessage("The state of the topology changed.")
                .addKeyValue("state", now)
                .addKeyValue("before", before)
                .log();
        if (now == KafkaStreams.State.RUNNING) {
            running.complete(true);
        }
        if (now == KafkaStreams.State.RUNNING && checked.compareAndSet(false, true)) {
            StreamsPermissions.checkInBackground(config);
        }
        if (now == KafkaStreams.State.ERROR) {
            end(false);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
