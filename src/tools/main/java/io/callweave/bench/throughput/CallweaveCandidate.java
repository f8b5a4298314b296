package io.callweave.bench.throughput;

import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowRules;
import io.callweave.notification.NotificationLimits;
import io.callweave.settings.value.PartitionBy;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.ConsumerProgress;
import io.callweave.topology.windows.WindowOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.StreamsConfig;

/** The product. Its receipt time is the simulated one, which stops at the end of each part of the input. */
final class CallweaveCandidate implements Candidate {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration ASK_EVERY = Duration.ofMillis(100);

    /** As in the product: it requests commits itself, and this value applies only while it is far behind. */
    static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);

    private final Subject.Setting setting;
    private final PartitionBy partitionBy;
    private final Set<Topic> off;
    private final WindowOptions windows;

    CallweaveCandidate(Subject.Setting setting, PartitionBy partitionBy) {
        this(setting, partitionBy, Set.of(), WindowOptions.DEFAULT);
    }

    private CallweaveCandidate(
            Subject.Setting setting, PartitionBy partitionBy, Set<Topic> off, WindowOptions windows) {
        this.setting = setting;
        this.partitionBy = partitionBy;
        this.off = off;
        this.windows = windows;
    }

    /** Party events, calls and windows of accounts, which is what other subjects have, too. */
    static CallweaveCandidate withFewerOutputs(Subject.Setting setting) {
        WindowOptions all = WindowOptions.DEFAULT;
        WindowRules rules = all.rules();
        return new CallweaveCandidate(
                setting,
                PartitionBy.SESSION,
                Set.of(Topic.LIVE_CALLS, Topic.PARTY_METRICS),
                new WindowOptions(
                        rules.with(Map.of(
                                Scope.ACCOUNT,
                                Objects.requireNonNull(rules.sizes().get(Scope.ACCOUNT)))),
                        all.emitInterval(),
                        all.retention()));
    }

    @Override
    public void createTopics(Admin admin) {
        Topics.create(admin, setting.prefix(), setting.options().partitions(), (short) 1, Topics.Variant.FILES);
    }

    @Override
    public Run run(long notifications, long end) {
        ConsumerProgress clients = new ConsumerProgress(() -> end, ASK_EVERY);
        Set<Integer> finished = ConcurrentHashMap.newKeySet();
        TopologyConfig.Listener listener = (partition, now) -> {
            if (now >= end) {
                finished.add(partition);
            }
        };
        int partitions = setting.options().partitions();
        TopologyConfig config = new TopologyConfig(
                        setting.prefix(),
                        partitions,
                        NotificationLimits.DEFAULT,
                        CallRules.DEFAULT,
                        timing(),
                        CallLimits.DEFAULT,
                        windows,
                        new TopologyConfig.Clock(clients, TICK, false),
                        listener,
                        TopologyMetrics.unexported())
                .partitionedBy(partitionBy)
                .without(off);
        return new Run(
                CallweaveTopology.build(config),
                clients,
                () -> finished.size() == partitions,
                Map.of(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL.toMillis()),
                true);
    }

    private CallTimeouts timing() {
        CallTimeouts usual = CallTimeouts.DEFAULT;
        return new CallTimeouts(
                usual.waits(),
                usual.gapGrace(),
                Duration.ofMillis(setting.lateWindow()),
                usual.markerRetention(),
                usual.liveInterval());
    }

    @Override
    public String oneForEach() {
        return Topic.PARTY_EVENTS.name(setting.prefix());
    }

    @Override
    public List<String> calls() {
        return List.of(Topic.CALLS.name(setting.prefix()));
    }

    @Override
    public long expectedCalls(LiveTraffic traffic) {
        return traffic.calls();
    }

    @Override
    public String callId(ConsumerRecord<String, byte[]> call) {
        return call.key().substring(call.key().indexOf('/') + 1);
    }
}
