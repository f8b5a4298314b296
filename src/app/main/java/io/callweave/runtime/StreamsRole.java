package io.callweave.runtime;

import io.callweave.runtime.options.RoleOptions;
import io.callweave.runtime.options.StreamsRoleOptions;
import io.callweave.runtime.progress.ProgressWatch;
import io.callweave.runtime.progress.TopicWatch;
import io.callweave.runtime.startup.Cluster;
import io.callweave.runtime.startup.HopTopic;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.runtime.startup.StartUpChecks;
import io.callweave.runtime.startup.StateFolder;
import io.callweave.runtime.startup.StreamsPermissions;
import io.callweave.settings.Settings;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.RecordAttempts;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.StateAge;
import io.callweave.topology.time.ConsumerProgress;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.KafkaStreams;
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

    private StreamsRole(StreamsRoleOptions options, RoleParts parts) {
        this.parts = parts;
        RoleOptions role = options.role();
        StartUpChecks.Findings findings = check(options);
        TopologyMetrics metrics = new TopologyMetrics(parts.meters().registry());
        SourcePartitions source =
                new SourcePartitions(options, findings.homes(), findings.sourcePartitions(), parts::fails);
        metrics.sourcePartitions(source::now);
        ConsumerProgress clients = new ConsumerProgress();
        RecordAttempts attempts = new RecordAttempts(
                System::nanoTime,
                new RepeatedRecords(role.installation(), options.transactionTimeout(), metrics)::report);
        clients.whenWaited(attempts::waited);
        Restores restores = new Restores();
        Topology topology = CallweaveTopology.build(
                new TopologyConfig(
                        options.topology(),
                        findings.inputs(),
                        new TopologyConfig.Partitions(findings.homes(), source::now),
                        TopologyConfig.Clock.system(options.readAhead().apply(clients)),
                        TopologyConfig.Listener.NONE,
                        metrics),
                attempts);
        TopologyDescription description = topology.describe();
        String described = description.toString();
        parts.show("/topology", RoleServer.Page.text("The topology of Kafka Streams.", () -> described));
        Admin admin = Cluster.admin(role.client());
        parts.keep(() -> admin.close(Duration.ZERO));
        streams = RunningStreams.open(parts, role.rocksDbMemory(), options.isStaticMember(), memory -> {
            Properties properties = options.kafkaStreams(findings.sourcePartitions(), memory, clients);
            properties.putAll(StateAge.option(findings.deleteRetention()));
            KafkaStreams made = StateFolder.keepClosed(
                    role.stateDir(), role.installation(), () -> new KafkaStreams(topology, properties, clients));
            made.setUncaughtExceptionHandler(new ThreadReplacement(
                    metrics::threadFailed,
                    System::nanoTime,
                    known -> StreamsPermissions.lacking(role).orElse(known)));
            made.setGlobalStateRestoreListener(restores);
            return made;
        });
        Tasks tasks = new Tasks(streams.kafka());
        tasks.show(description, metrics);
        ProgressWatch progress = parts.keep(ProgressWatch.start(
                admin,
                role.installation(),
                new ProgressWatch.Watched(tasks::activePartitions, restores::isAny, options::isOwnTopic, attempts),
                options.progress()));
        parts.keep(TopicWatch.start(admin, options.neededTopics(findings.inputs()), source::counted, parts::fails));
        metrics.progress(progress::standstillSeconds, () -> progress.silence().toMillis() / MILLIS_PER_SECOND);
        parts.show(() -> Health.of(streams.state(), progress.silence(), progress.standstill(), restores.inWords()));
        // Only now are the internal topics there.
        var unused = parts.running().thenAccept(works -> {
            if (works) {
                StreamsPermissions.checkInBackground(role);
            }
        });
        streams.start();
    }

    /**
     * Checks the cluster, and starts.
     *
     * @throws OperationsException if it must not or cannot run; one sentence
     */
    public static StreamsRole start(Settings settings) {
        return start(StreamsRoleOptions.of(settings));
    }

    /** The same with options that no setting has. */
    public static StreamsRole start(StreamsRoleOptions options) {
        return RoleParts.start("streams", options.role(), parts -> new StreamsRole(options, parts));
    }

    private static StartUpChecks.Findings check(StreamsRoleOptions options) {
        StateFolder.check(options.role().stateDir(), options.role().installation());
        try (Cluster cluster = Cluster.connect(options.role().client())) {
            StartUpChecks.Findings findings = new StartUpChecks(options).run(cluster);
            if (!findings.hop()) {
                HopTopic.create(cluster, options, findings.sourcePartitions());
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
