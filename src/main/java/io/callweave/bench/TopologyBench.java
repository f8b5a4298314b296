package io.callweave.bench;

import com.sun.management.OperatingSystemMXBean;
import io.callweave.call.CallRules;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.LocalException;
import io.callweave.notification.NotificationReader;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.ConsumerReadAhead;
import io.callweave.topology.Limits;
import io.callweave.topology.StreamsOptions;
import io.callweave.topology.Timing;
import io.callweave.topology.Topic;
import io.callweave.topology.Topics;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyMetrics;
import io.callweave.topology.WindowOptions;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The whole topology beside one that passes bytes through, and beside its empty {@link Plumbing}, on the same input, broker, partitions, guarantee and commit
 * interval. What counts is the ratio: single figures are those of the machine and of the hour.
 */
public final class TopologyBench implements AutoCloseable {

    private static final String PREFIX = "bench.";
    private static final String PASSED_THROUGH = PREFIX + "passed-through";
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
    private static final double NANOS = 1e9;

    private final BenchOptions options;
    private final EmbeddedKafka broker;
    private final Path stateDirectory;
    private final Admin admin;
    private long events;
    private int applications;

    /** What runs. */
    public enum Subject {
        PASS_THROUGH("pass-through"),
        PLUMBING("plumbing"),
        CALLWEAVE("callweave");

        private final String label;

        Subject(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * One measured run.
     *
     * @param cpuPerMillion CPU seconds of this process, with the broker in it, per million events
     */
    public record Result(Subject subject, double eventsPerSecond, double cpuPerMillion) {}

    /** On a broker that runs already. */
    public TopologyBench(BenchOptions options, EmbeddedKafka broker, Path stateDirectory) {
        this.options = options;
        this.broker = broker;
        this.stateDirectory = stateDirectory;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    private void createTopic(String name) {
        try {
            admin.createTopics(List.of(new NewTopic(name, options.partitions(), (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new LocalException("The topic " + name + " cannot be created: " + e.getCause() + ".", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Produces the input, once for all runs; returns how many notifications there are. */
    public long produceInput() {
        Topics.create(admin, PREFIX, options.partitions(), (short) 1, Topics.Variant.FILES);
        createTopic(PASSED_THROUGH);
        Map<String, Object> producer = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 17);
        try (Producer<byte[], byte[]> out =
                new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer())) {
            String topic = Topic.NOTIFICATIONS.name(PREFIX);
            events = new CallTraffic(options.accounts(), options.concurrentCalls())
                    .generate(options.events(), (session, value) -> {
                        var unused =
                                out.send(new ProducerRecord<>(topic, session.getBytes(StandardCharsets.UTF_8), value));
                    });
        }
        return events;
    }

    /**
     * Runs one subject from a fresh state through the whole input.
     *
     * @throws LocalException if the topology fails
     */
    public Result run(Subject subject) throws InterruptedException {
        String application = "bench-" + ++applications;
        ConsumerReadAhead clients = new ConsumerReadAhead();
        Finish finish = new Finish(options.partitions(), System.currentTimeMillis());
        LongAdder through = new LongAdder();
        Topology topology = switch (subject) {
            case PASS_THROUGH -> passThrough();
            case PLUMBING -> plumbing(application, through);
            case CALLWEAVE -> callweave(clients, finish);
        };
        BooleanSupplier isDone = switch (subject) {
            case PASS_THROUGH -> () -> committed(application) >= events;
            case PLUMBING -> () -> through.sum() >= events;
            case CALLWEAVE -> finish::isReached;
        };
        try (KafkaStreams streams =
                new KafkaStreams(topology, StreamsOptions.of(streamsOptions(application)), clients)) {
            streams.setUncaughtExceptionHandler(failure -> {
                finish.fail(failure);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            // What the start of Kafka Streams costs, is not what is measured.
            long begun = committed(application);
            while (begun == 0) {
                Thread.sleep(1);
                begun = committed(application);
            }
            long cpu = cpuTime();
            long start = System.nanoTime();
            while (!isDone.getAsBoolean()) {
                Thread.sleep(LOOK_EVERY.toMillis());
            }
            double seconds = (System.nanoTime() - start) / NANOS;
            double cpuSeconds = (cpuTime() - cpu) / NANOS;
            long measured = events - begun;
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(STOP_TIMEOUT));
            streams.cleanUp();
            return new Result(subject, measured / seconds, cpuSeconds * 1e6 / measured);
        }
    }

    private Topology callweave(ConsumerReadAhead clients, Finish finish) {
        return CallweaveTopology.build(new TopologyConfig(
                PREFIX,
                options.partitions(),
                NotificationReader.DEFAULT_MAX_BYTES,
                CallRules.DEFAULT,
                Timing.DEFAULT,
                Limits.DEFAULT,
                WindowOptions.DEFAULT,
                new TopologyConfig.Clock(clients, TICK, false),
                finish,
                TopologyMetrics.unexported()));
    }

    private Topology plumbing(String application, LongAdder through) {
        // What an earlier run left in it would be worked off as well.
        String hop = PREFIX + application + "-hop";
        createTopic(hop);
        return Plumbing.build(PREFIX, hop, PASSED_THROUGH, through);
    }

    private static Topology passThrough() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        Topic.NOTIFICATIONS.name(PREFIX),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("in"))
                .to(
                        PASSED_THROUGH,
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("out"));
        return builder.build();
    }

    /** How much of the input was worked off and committed. */
    private long committed(String application) {
        try {
            return admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata().get().entrySet().stream()
                    .filter(entry -> entry.getKey().topic().equals(Topic.NOTIFICATIONS.name(PREFIX)))
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw new LocalException("The progress of the benchmark cannot be read: " + e.getCause() + ".", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Map<String, Object> streamsOptions(String application) {
        return Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
                StreamsConfig.APPLICATION_ID_CONFIG, application,
                StreamsConfig.STATE_DIR_CONFIG,
                        stateDirectory.resolve(application).toString(),
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                        options.commitInterval().toMillis(),
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, options.threads());
    }

    private static long cpuTime() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    @Override
    public void close() {
        admin.close();
    }
}
