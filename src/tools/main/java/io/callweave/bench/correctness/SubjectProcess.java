package io.callweave.bench.correctness;

import io.callweave.bench.dsl.ClosingConsumer;
import io.callweave.bench.dsl.DslTopology;
import io.callweave.bench.dsl.SessionWindowTopology;
import io.callweave.bench.figures.CpuTimes;
import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.notification.NotificationLimits;
import io.callweave.operations.options.RocksDbMemory;
import io.callweave.topics.Topic;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.StreamsOptions;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.ConsumerProgress;
import io.callweave.topology.windows.WindowOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;

/**
 * A process with one subject, so that it can be killed, and its CPU time is its own. It ends when it has processed all
 * input, and prints its CPU seconds and those of its just-in-time compiler.
 */
public final class SubjectProcess {

    private static final long END_OF_TIME = Long.MAX_VALUE / 2;
    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final int THREADS = 2;
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final long CACHE_BYTES = 10 << 20;
    private static final int FAILED = 1;

    /** The group waits so long for a process that was killed. It changes no call, so it is as short as brokers allow. */
    private static final Map<String, Object> MEMBERSHIP =
            Map.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);

    private final String bootstrapServers;
    private final String prefix;
    private final int partitions;
    private final String group;
    private final String state;
    private final CpuTimes cpu = new CpuTimes();

    private SubjectProcess(String bootstrapServers, String prefix, int partitions, String label, String state) {
        this.bootstrapServers = bootstrapServers;
        this.prefix = prefix;
        this.partitions = partitions;
        this.group = prefix + label;
        this.state = state;
    }

    /** Runs a subject: its name, the brokers, the prefix of topics, the partitions, and the directory for state. */
    public static void main(String... args) throws InterruptedException {
        System.setProperty("callweave.kafka-log-level", "OFF");
        TopicContender subject = TopicContender.of(args[0]).orElseThrow();
        new SubjectProcess(args[1], args[2], Integer.parseInt(args[3]), subject.label(), args[4]).run(subject);
    }

    private void run(TopicContender subject) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            InputProgress progress = new InputProgress(admin, Topic.NOTIFICATIONS.name(prefix), partitions, group);
            String input = Topic.NOTIFICATIONS.name(prefix);
            String output = subject.calls(prefix);
            switch (subject) {
                case CALLWEAVE -> callweave();
                case DSL ->
                    streams(
                            DslTopology.build(input, prefix + "dsl-", new LongAdder(), new LongAdder()),
                            new DefaultKafkaClientSupplier(),
                            progress::isDone,
                            Map.of(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES));
                case SESSION_WINDOWS ->
                    streams(
                            SessionWindowTopology.build(input, output),
                            new DefaultKafkaClientSupplier(),
                            progress::isDone,
                            Map.of(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES));
                case CONSUMER -> consumer(input, output, progress);
            }
        }
        CpuTimes.Reading used = cpu.read();
        System.out.printf(Locale.ROOT, "cpu %.3f %.3f%n", used.process(), used.jit());
    }

    private void callweave() throws InterruptedException {
        Set<Integer> finished = ConcurrentHashMap.newKeySet();
        ConsumerProgress clients = new ConsumerProgress(() -> END_OF_TIME, TICK);
        TopologyConfig config = new TopologyConfig(
                prefix,
                partitions,
                NotificationLimits.DEFAULT,
                CallRules.DEFAULT,
                CallTimeouts.DEFAULT,
                CallLimits.DEFAULT,
                WindowOptions.DEFAULT,
                new TopologyConfig.Clock(clients, TICK, true),
                (partition, now) -> {
                    if (now >= END_OF_TIME) {
                        finished.add(partition);
                    }
                },
                TopologyMetrics.unexported());
        try (RocksDbMemory memory = RocksDbMemory.byDefault()) {
            streams(CallweaveTopology.build(config), clients, () -> finished.size() == partitions, memory.options());
        }
    }

    private void streams(
            Topology topology, KafkaClientSupplier clients, BooleanSupplier isDone, Map<String, Object> more)
            throws InterruptedException {
        Map<String, Object> options = new HashMap<>(more);
        options.putAll(MEMBERSHIP);
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, group);
        options.put(StreamsConfig.STATE_DIR_CONFIG, state);
        options.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, THREADS);
        try (KafkaStreams streams = new KafkaStreams(topology, StreamsOptions.of(options, partitions), clients)) {
            streams.setUncaughtExceptionHandler(thrown -> {
                System.err.println(thrown);
                Runtime.getRuntime().halt(FAILED);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            while (!isDone.getAsBoolean()) {
                look();
            }
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(STOP_TIMEOUT));
        }
    }

    private void consumer(String input, String output, InputProgress progress) throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        consumerOptions(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            consumer.subscribe(List.of(input));
            ClosingConsumer closing = new ClosingConsumer(consumer, producer, output);
            while (!progress.isDone()) {
                closing.pollOnce();
                cpu.read();
            }
        }
    }

    private Map<String, Object> consumerOptions() {
        Map<String, Object> options = new HashMap<>(MEMBERSHIP);
        options.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        options.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        options.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        options.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return options;
    }

    private void look() throws InterruptedException {
        cpu.read();
        Thread.sleep(LOOK_EVERY_MILLIS); // commits can only be polled
    }
}
