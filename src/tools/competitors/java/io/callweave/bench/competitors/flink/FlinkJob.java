package io.callweave.bench.competitors.flink;

import io.callweave.bench.competitors.Competitor;
import io.callweave.bench.throughput.Site;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** The job and its configuration. */
final class FlinkJob {

    static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

    /** As short as is safe, because each checkpoint writes all of the heap's state: no call of the traffic is longer. */
    private static final Duration KEPT_ON_HEAP = Duration.ofMinutes(10);

    private static final Duration KEPT_IN_ROCKSDB = Duration.ofHours(24);

    private FlinkJob() {}

    /** How long a session that has ended is kept after its last event, in the time of receipt. */
    static Duration kept(Competitor competitor) {
        return competitor == Competitor.FLINK_ROCKSDB ? KEPT_IN_ROCKSDB : KEPT_ON_HEAP;
    }

    /** @param savepoint where the job continues; null for a first start */
    static Configuration configuration(Competitor competitor, Site site, @Nullable String savepoint) {
        Map<String, String> settings = Map.ofEntries(
                Map.entry("state.backend.type", isOnHeap(competitor) ? "hashmap" : "rocksdb"),
                Map.entry("execution.checkpointing.incremental", Boolean.toString(!isOnHeap(competitor))),
                Map.entry(
                        "state.backend.rocksdb.localdir",
                        site.directory().resolve("rocksdb").toString()),
                Map.entry("execution.checkpointing.dir", uri(checkpoints(site))),
                Map.entry("execution.checkpointing.interval", CHECKPOINT_INTERVAL.toMillis() + " ms"),
                Map.entry("execution.checkpointing.min-pause", "0 ms"),
                Map.entry("taskmanager.memory.managed.size", "512m"),
                Map.entry("taskmanager.memory.network.min", "128m"),
                Map.entry("taskmanager.memory.network.max", "128m"),
                Map.entry("taskmanager.numberOfTaskSlots", Integer.toString(site.threads())),
                Map.entry("pipeline.object-reuse", "true"),
                Map.entry("pipeline.generic-types", "false"),
                Map.entry("restart-strategy.type", "none"),
                Map.entry("rest.port", "0"));
        Configuration configuration = Configuration.fromMap(settings);
        if (savepoint != null) {
            configuration.setString("execution.state-recovery.path", savepoint);
        }
        return configuration;
    }

    private static boolean isOnHeap(Competitor competitor) {
        return competitor == Competitor.FLINK_HEAP;
    }

    static Path checkpoints(Site site) {
        return site.directory().resolve("checkpoints");
    }

    static String uri(Path directory) {
        return directory.toUri().toString();
    }

    /** Adds the job to an environment. */
    static void build(StreamExecutionEnvironment environment, Competitor competitor, Site site) {
        SingleOutputStreamOperator<Tuple2<String, byte[]>> calls = environment
                .fromSource(source(site), WatermarkStrategy.forMonotonousTimestamps(), "notifications")
                .uid("notifications")
                .keyBy(record -> record.f0, Types.STRING)
                .process(new CallFunction(kept(competitor)), FlinkTypes.KEYED_JSON)
                .uid("calls");
        calls.sinkTo(sink(site, Competitor.calls(site))).uid("to-calls");
        calls.getSideOutput(CallFunction.EVENTS)
                .sinkTo(sink(site, Competitor.events(site)))
                .uid("to-events");
        calls.getSideOutput(CallFunction.FINISHED)
                .keyBy(FinishedCall::accountId, Types.STRING)
                .process(new WindowFunction(CHECKPOINT_INTERVAL), FlinkTypes.KEYED_JSON)
                .uid("windows")
                .sinkTo(sink(site, Competitor.windows(site)))
                .uid("to-windows");
    }

    private static KafkaSource<Tuple2<String, byte[]>> source(Site site) {
        return KafkaSource.<Tuple2<String, byte[]>>builder()
                .setBootstrapServers(site.bootstrapServers())
                .setTopics(site.input())
                .setGroupId(site.group())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000")
                .setProperty("partition.discovery.interval.ms", "-1")
                .setDeserializer(new KeyedJsonSource())
                .build();
    }

    private static KafkaSink<Tuple2<String, byte[]>> sink(Site site, String topic) {
        Properties producer = new Properties();
        // Below the most that a broker allows by default.
        producer.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "600000");
        producer.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        producer.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy");
        producer.put(ProducerConfig.LINGER_MS_CONFIG, "20");
        return KafkaSink.<Tuple2<String, byte[]>>builder()
                .setBootstrapServers(site.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(topic)
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(new KeyedJsonSink(topic))
                .build();
    }
}
