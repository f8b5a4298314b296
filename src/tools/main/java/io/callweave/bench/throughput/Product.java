package io.callweave.bench.throughput;

import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.settings.value.PartitionBy;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyOptions;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.time.ConsumerProgress;
import io.callweave.topology.windows.WindowOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** The product. Its receipt time is the simulated one, which stops at the end of each part of the input. */
public enum Product implements Subject {
    BY_SESSION("callweave", PartitionBy.SESSION, WindowOptions.DEFAULT, Set.of()),
    BY_ACCOUNT("callweave-account", PartitionBy.ACCOUNT, WindowOptions.DEFAULT, Set.of()),
    /** With the outputs that others have: party events, calls, and windows of accounts. */
    FEWER(
            "callweave-fewer",
            PartitionBy.SESSION,
            new WindowOptions(
                    WindowRules.DEFAULT.with(Map.of(Scope.ACCOUNT, Set.of(WindowSize.values()))),
                    WindowOptions.DEFAULT.emitInterval(),
                    WindowOptions.DEFAULT.retention()),
            Set.of(Topic.LIVE_CALLS, Topic.PARTY_METRICS));

    private static final Duration ASK_EVERY = Duration.ofMillis(100);
    private static final Duration TICK = Duration.ofMillis(100);

    private final String label;
    private final PartitionBy partitionBy;
    private final WindowOptions windows;
    private final Set<Topic> off;

    Product(String label, PartitionBy partitionBy, WindowOptions windows, Set<Topic> off) {
        this.label = label;
        this.partitionBy = partitionBy;
        this.windows = windows;
        this.off = off;
    }

    /**
     * The one whose input is partitioned so.
     *
     * @param name as the setting {@code bridge.partition-by} has it
     * @throws IllegalArgumentException if there is no such way
     */
    public static Product by(String name) {
        return Stream.of(values())
                .filter(each -> each.partitionBy.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--partition-by is '%s'; it must be session or account.".formatted(name)));
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public PartitionBy partitionBy() {
        return partitionBy;
    }

    @Override
    public void createTopics(Admin admin, Site site) {
        Topics.create(admin, site.prefix(), site.partitions(), (short) 1, Topics.Variant.FILES);
    }

    @Override
    public StreamsApplication application(Site site) {
        return new StreamsApplication(site, (notifications, end) -> {
            ConsumerProgress clients = new ConsumerProgress(() -> end, ASK_EVERY);
            Set<Integer> finished = ConcurrentHashMap.newKeySet();
            return run(
                    site,
                    clients,
                    new TopologyConfig.Clock(clients, TICK, site.recorded()),
                    CallOptions.DEFAULT.withLateWindow(Duration.ofMillis(site.lateWindow())),
                    (partition, now) -> {
                        if (now >= end) {
                            finished.add(partition);
                        }
                    },
                    () -> finished.size() == site.partitions());
        });
    }

    /** For notifications that come now. */
    public StreamsApplication live(Site site) {
        return new StreamsApplication(site, (notifications, end) -> {
            ConsumerProgress clients = new ConsumerProgress();
            return run(
                    site,
                    clients,
                    TopologyConfig.Clock.system(clients),
                    CallOptions.DEFAULT,
                    TopologyConfig.Listener.NONE,
                    () -> true);
        });
    }

    private StreamsApplication.Run run(
            Site site,
            ConsumerProgress clients,
            TopologyConfig.Clock clock,
            CallOptions calls,
            TopologyConfig.Listener listener,
            BooleanSupplier isDone) {
        TopologyConfig config = new TopologyConfig(
                TopologyOptions.under(site.prefix(), calls, windows)
                        .partitionedBy(partitionBy)
                        .without(off),
                site.partitions(),
                clock,
                listener);
        return new StreamsApplication.Run(CallweaveTopology.build(config), clients, isDone, true, Map.of());
    }

    @Override
    public SubjectOutput output(Site site) {
        return new TopicOutput(
                site, Topic.PARTY_EVENTS.name(site.prefix()), Topic.CALLS.name(site.prefix()), LiveTraffic::calls);
    }
}
