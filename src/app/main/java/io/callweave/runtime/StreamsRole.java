package io.callweave.runtime;

import io.callweave.runtime.options.StreamsAppConfig;
import io.callweave.runtime.options.StreamsRoleOptions;
import io.callweave.runtime.progress.ProgressWatch;
import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.HopTopic;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.runtime.startup.StartUpChecks;
import io.callweave.runtime.startup.StateFolder;
import io.callweave.runtime.startup.StreamsPermissions;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.RecordAttempts;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.ConsumerProgress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of the topology on a cluster. */
public final class StreamsRole implements RunningRole {

    private static final double MILLIS_PER_SECOND = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(StreamsRole.class);

    private final RoleParts parts;
    private final RunningStreams streams;

    private StreamsRole(StreamsAppConfig config, RoleParts parts) {
        this.parts = parts;
        StartUpChecks.Findings findings = check(config);
        TopologyMetrics metrics = new TopologyMetrics(parts.meters().registry());
        ConsumerProgress clients = new ConsumerProgress();
        RecordAttempts attempts =
                new RecordAttempts(System::nanoTime, new RepeatedRecords(config.applicationId(), metrics)::report);
        Restores restores = new Restores();
        Topology topology = CallweaveTopology.build(
                new TopologyConfig(
                        config.topology(),
                        findings.inputs(),
                        findings.sourcePartitions(),
                        TopologyConfig.Clock.system(config.readAhead().apply(clients)),
                        TopologyConfig.Listener.NONE,
                        metrics),
                attempts);
        TopologyDescription description = topology.describe();
        String described = description.toString();
        parts.show("/topology", RoleServer.Page.text("The topology of Kafka Streams.", () -> described));
        Admin admin = Cluster.admin(config.client());
        parts.keep(() -> admin.close(Duration.ZERO));
        streams = RunningStreams.open(parts, config.rocksDbMemory(), config.isStaticMember(), memory -> {
            KafkaStreams made = new KafkaStreams(
                    topology, StreamsRoleOptions.of(config, findings.sourcePartitions(), memory, clients), clients);
            StateFolder.close(
                    Path.of(String.valueOf(config.streams().get(StreamsConfig.STATE_DIR_CONFIG))),
                    config.applicationId());
            made.setUncaughtExceptionHandler(new ThreadReplacement(
                    metrics::threadFailed,
                    System::nanoTime,
                    known -> StreamsPermissions.lacking(config).orElse(known)));
            made.setGlobalStateRestoreListener(restores);
            return made;
        });
        Tasks tasks = new Tasks(streams.kafka());
        tasks.show(description, metrics);
        ProgressWatch progress = parts.keep(ProgressWatch.start(
                admin,
                config.applicationId(),
                new ProgressWatch.Watched(tasks::activePartitions, restores::isAny, config::isOwnTopic, attempts),
                config.progress()));
        metrics.progress(progress::standstillSeconds, () -> progress.silence().toMillis() / MILLIS_PER_SECOND);
        parts.show(() -> Health.of(streams.state(), progress.silence(), progress.standstill(), restores.inWords()));
        // Only now are the internal topics there.
        var unused = parts.running().thenAccept(works -> {
            if (works) {
                StreamsPermissions.checkInBackground(config);
            }
        });
        streams.start();
    }

    /**
     * Checks the cluster, and starts.
     *
     * @throws OperationsException if it must not or cannot run; one sentence
     */
    public static StreamsRole start(StreamsAppConfig config) {
        return RoleParts.start(
                "streams", config.httpHost(), config.httpPort(), parts -> new StreamsRole(config, parts));
    }

    private static StartUpChecks.Findings check(StreamsAppConfig config) {
        StateFolder.check(
                Path.of(String.valueOf(config.streams().get(StreamsConfig.STATE_DIR_CONFIG))), config.applicationId());
        try (Cluster cluster = Cluster.connect(config.client(), config.patience())) {
            StartUpChecks.Findings findings = new StartUpChecks(config).run(cluster);
            if (!findings.hop()) {
                HopTopic.create(cluster, config, findings.sourcePartitions());
            }
            findings.warnings().forEach(LOG::warn);
            return findings;
        }
    }

    @Override
    public RoleParts parts() {
        return parts;
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    /** Ends as near to a crash as one process can: it leaves no group and waits for nothing. */
    public void kill() {
        streams.kill();
        close();
    }
}
