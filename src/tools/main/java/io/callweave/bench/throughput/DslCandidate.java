package io.callweave.bench.throughput;

import io.callweave.bench.dsl.DslTopology;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.topics.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.StreamsConfig;

/** The baseline on the Streams DSL. It joins no sessions: each one is a call of its own. */
final class DslCandidate implements Candidate {

    /** The default of Kafka Streams, which the product switches off for itself. */
    private static final long CACHE_BYTES = 10 << 20;

    /**
     * Each round is a restart. With the classic protocol, Kafka Streams then gives the tasks that it finds on disk to the
     * threads in the order of their ids: all that collect sessions to one thread, all with windows to the other.
     */
    private static final String SPREADS_TASKS = "streams";

    private final Subject.Setting setting;

    DslCandidate(Subject.Setting setting) {
        this.setting = setting;
    }

    @Override
    public void createTopics(Admin admin) {
        String prefix = setting.prefix();
        BenchTopics.create(
                admin,
                setting,
                Topic.NOTIFICATIONS.name(prefix),
                prefix + DslTopology.EVENTS,
                prefix + DslTopology.CALLS,
                prefix + DslTopology.WINDOWS);
    }

    /** With its cache, calls go to their account when their notifications are committed, not before. */
    @Override
    public Run run(long notifications, long end) {
        LongAdder sent = new LongAdder();
        LongAdder counted = new LongAdder();
        return Run.inWallTime(
                DslTopology.build(Topic.NOTIFICATIONS.name(setting.prefix()), setting.prefix(), sent, counted),
                () -> counted.sum() == sent.sum(),
                Map.of(
                        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                        CACHE_BYTES,
                        StreamsConfig.GROUP_PROTOCOL_CONFIG,
                        SPREADS_TASKS));
    }

    @Override
    public String oneForEach() {
        return setting.prefix() + DslTopology.EVENTS;
    }

    @Override
    public List<String> calls() {
        return List.of(setting.prefix() + DslTopology.CALLS);
    }

    @Override
    public long expectedCalls(LiveTraffic traffic) {
        return traffic.sessions();
    }

    @Override
    public String callId(ConsumerRecord<String, byte[]> call) {
        return call.key();
    }
}
