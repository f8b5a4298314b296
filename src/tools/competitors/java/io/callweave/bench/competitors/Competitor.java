package io.callweave.bench.competitors;

import io.callweave.bench.competitors.flink.FlinkApplication;
import io.callweave.bench.competitors.postgresql.PostgresApplication;
import io.callweave.bench.dsl.DslTopology;
import io.callweave.bench.throughput.Application;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.bench.throughput.Site;
import io.callweave.bench.throughput.StreamsApplication;
import io.callweave.bench.throughput.Subject;
import io.callweave.bench.throughput.SubjectOutput;
import io.callweave.bench.throughput.TopicOutput;
import io.callweave.bench.traffic.LiveTraffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/** What a user could pick instead of Callweave, in the order in which it runs in each round. */
public enum Competitor implements Subject {
    DSL("dsl"),
    FLINK_HEAP("flink-heap"),
    FLINK_ROCKSDB("flink-rocksdb"),
    POSTGRESQL_CALLS("postgresql-calls"),
    POSTGRESQL_ALL("postgresql-all");

    /** The commit interval of the DSL, Kafka Streams' default; Callweave chooses its own, and Flink has its checkpoints. */
    private static final int COMMIT_INTERVAL_MS = 100;

    /** The default of Kafka Streams, which the product switches off for itself. */
    private static final long CACHE_BYTES = 10 << 20;

    /**
     * Each round is a restart. With the classic protocol, Kafka Streams then gives the tasks that it finds on disk to the
     * threads in the order of their ids: all that collect sessions to one thread, all with windows to the other.
     */
    private static final String SPREADS_TASKS = "streams";

    private final String label;

    Competitor(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it cannot run in the process of the benchmark. */
    public boolean isApart() {
        return this != DSL;
    }

    public boolean isPostgres() {
        return this == POSTGRESQL_CALLS || this == POSTGRESQL_ALL;
    }

    @Override
    public void createTopics(Admin admin, Site site) {
        List<String> names = new ArrayList<>(List.of(site.input()));
        if (!isPostgres()) {
            names.addAll(outputs(site));
        }
        BenchTopics.create(admin, site.partitions(), names);
    }

    /** The topics that one without a database writes. */
    public static List<String> outputs(Site site) {
        return List.of(events(site), calls(site), windows(site));
    }

    /** One record for each party of a notification. */
    public static String events(Site site) {
        return site.prefix() + DslTopology.EVENTS;
    }

    /** Calls by their session. */
    public static String calls(Site site) {
        return site.prefix() + DslTopology.CALLS;
    }

    public static String windows(Site site) {
        return site.prefix() + DslTopology.WINDOWS;
    }

    /** In the process that this is called in; for PostgreSQL, that is one of {@link SubjectClient}. */
    @Override
    public Application application(Site site) {
        return switch (this) {
            case DSL -> new StreamsApplication(site, (notifications, end) -> dsl(site));
            case FLINK_HEAP, FLINK_ROCKSDB -> new FlinkApplication(this, site);
            case POSTGRESQL_CALLS, POSTGRESQL_ALL ->
                new PostgresApplication(site, SubjectClient.database(), this == POSTGRESQL_ALL);
        };
    }

    /** With its cache, calls go to their account when their notifications are committed, not before. */
    private static StreamsApplication.Run dsl(Site site) {
        LongAdder sent = new LongAdder();
        LongAdder counted = new LongAdder();
        Map<String, Object> options = new HashMap<>(Map.of(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                COMMIT_INTERVAL_MS,
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                CACHE_BYTES));
        if (!site.recorded()) {
            options.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, SPREADS_TASKS);
            // Otherwise records would keep their simulated time, and brokers forget producers whose records are old.
            options.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, WallclockTimestampExtractor.class);
        }
        return new StreamsApplication.Run(
                DslTopology.build(site.input(), site.prefix(), sent, counted),
                new DefaultKafkaClientSupplier(),
                // What was sent before a process was killed is counted after it.
                () -> site.recorded() || counted.sum() == sent.sum(),
                false,
                options);
    }

    /** It joins no sessions: each one is a call of its own. */
    @Override
    public SubjectOutput output(Site site) {
        return new TopicOutput(site, events(site), calls(site), LiveTraffic::sessions);
    }
}
