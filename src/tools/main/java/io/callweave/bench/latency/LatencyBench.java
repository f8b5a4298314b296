package io.callweave.bench.latency;

import io.callweave.bench.traffic.CallTemplate;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.InputPartitions;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.files.LocalException;
import io.callweave.notification.NotificationLimits;
import io.callweave.operations.options.RocksDbMemory;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.StreamsOptions;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.ConsumerProgress;
import io.callweave.topology.windows.WindowOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Appends notifications at a fixed rate, also where the topology does not keep up, with broker, topology and reader in this process. */
public final class LatencyBench {

    private static final String PREFIX = "bench.";

    /** The names of its threads, too. */
    private static final String APPLICATION = "bench-streams";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Records of calls follow the last event, if they were not waited for. */
    private static final long CALLS_FOLLOW_MS = 3_000;

    private static final long SEED = 18;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");

    /** Longer than every call: simulated time runs ahead of the clock until about as many calls end as begin. */
    private static final long AHEAD_MS = Duration.ofMinutes(20).toMillis();

    private final LatencyOptions options;
    private final Appended appended = new Appended();
    private final Random losses = new Random(SEED);

    /**
     * What was measured.
     *
     * @param events from the append of a notification until its first party event was read, in nanoseconds
     * @param afterLost the same, of the first notification after a lost one of its session
     * @param calls from the append of the last notification of a call until its record was read, in nanoseconds
     * @param cost of the same time
     */
    public record Result(Histogram events, Histogram afterLost, Histogram calls, PacedCost cost) {}

    public LatencyBench(LatencyOptions options) {
        this.options = options;
    }

    /**
     * Runs everything.
     *
     * @param directory for the broker and the state, empty
     * @throws LocalException if a notification leads to no event, or none to a call
     */
    public Result run(Path directory) throws InterruptedException {
        try (EmbeddedKafka broker = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")))) {
            String servers = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
                Topics.create(admin, PREFIX, options.partitions(), (short) 1, Topics.Variant.STANDARD);
            }
            try (RocksDbMemory memory = RocksDbMemory.byDefault();
                    KafkaStreams streams = streams(servers, directory.resolve("state"), memory);
                    OutputReader reader = new OutputReader(servers, PREFIX, options.partitions(), appended)) {
                streams.start();
                AtomicBoolean stopped = new AtomicBoolean();
                CompletableFuture<Void> reading = CompletableFuture.runAsync(
                        () -> {
                            while (!stopped.get()) {
                                reader.poll();
                            }
                        },
                        work -> new Thread(work, "latency-reader").start());
                PacedCost cost;
                try {
                    cost = feed(servers, reader, streams);
                    awaitEvents(reading);
                } finally {
                    stopped.set(true);
                }
                reading.join();
                if (reader.latencies().calls().getTotalCount() == 0) {
                    throw new LocalException(
                            "No call was over at once, so the figures mean nothing; take more --seconds.");
                }
                return new Result(
                        reader.latencies().events(),
                        reader.latencies().afterLost(),
                        reader.latencies().calls(),
                        cost);
            }
        }
    }

    private KafkaStreams streams(String servers, Path state, RocksDbMemory memory) {
        ConsumerProgress clients = new ConsumerProgress();
        TopologyConfig config = new TopologyConfig(
                        PREFIX,
                        options.partitions(),
                        NotificationLimits.DEFAULT,
                        CallRules.DEFAULT,
                        CallTimeouts.DEFAULT,
                        CallLimits.DEFAULT,
                        WindowOptions.DEFAULT,
                        TopologyConfig.Clock.system(clients),
                        TopologyConfig.Listener.NONE,
                        TopologyMetrics.unexported())
                .partitionedBy(options.partitionBy());
        Map<String, Object> given = new HashMap<>(Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                StreamsConfig.APPLICATION_ID_CONFIG,
                APPLICATION,
                StreamsConfig.STATE_DIR_CONFIG,
                state.toString(),
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                options.threads()));
        given.putAll(memory.options());
        return new KafkaStreams(
                CallweaveTopology.build(config), StreamsOptions.of(given, options.partitions()), clients);
    }

    private PacedCost feed(String servers, OutputReader reader, KafkaStreams streams) {
        CallTemplates templates = CallTemplates.make();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        PacedCost.FEEDER),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            LiveTraffic traffic = new LiveTraffic(
                    templates, options.accounts(), System.currentTimeMillis() - AHEAD_MS, gap(templates));
            append(traffic, options.warmUp(), producer);
            reader.begin(System.nanoTime());
            PacedCost.Meter meter = new PacedCost.Meter(streams);
            append(traffic, options.time(), producer);
            return meter.stop(options.time().toSeconds() * options.perSecond(), traffic.live());
        }
    }

    /** From the start of a call to that of the next, in milliseconds of simulated time. */
    private double gap(CallTemplates templates) {
        List<CallTemplate> all = Stream.concat(templates.linked().stream(), templates.unlinked().stream())
                .toList();
        double messages =
                all.stream().mapToInt(call -> call.messages().size()).average().orElse(1);
        return messages * TimeUnit.SECONDS.toMillis(1) / options.perSecond();
    }

    private void append(LiveTraffic traffic, Duration time, Producer<byte[], byte[]> producer) {
        long start = System.nanoTime();
        long[] sent = {0};
        InputPartitions partitions = new InputPartitions(options.partitionBy(), options.partitions());
        long made = traffic.mixed(Math.max(1, time.toSeconds() * options.perSecond()), (session, bytes, receivedAt) -> {
            long due = start + sent[0]++ * NANOS_PER_SECOND / options.perSecond();
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (losses.nextDouble() < options.lost()) {
                appended.lose(session);
                return;
            }
            appended.append(session, sequence(bytes), due);
            var unused = producer.send(new ProducerRecord<>(
                    Topic.NOTIFICATIONS.name(PREFIX),
                    partitions.of(bytes),
                    session.getBytes(StandardCharsets.US_ASCII),
                    bytes));
        });
        if (made != sent[0]) {
            throw new IllegalStateException("The traffic counts " + made + " notifications and sent " + sent[0] + ".");
        }
    }

    private static long sequence(byte[] notification) {
        Matcher found = SEQUENCE.matcher(new String(notification, StandardCharsets.UTF_8));
        if (!found.find()) {
            throw new IllegalStateException("A simulated notification has no sequence.");
        }
        return Long.parseLong(found.group(1));
    }

    private void awaitEvents(CompletableFuture<Void> reading) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (appended.unread() > 0) {
            if (reading.isCompletedExceptionally()) {
                reading.join();
            }
            if (System.nanoTime() - deadline > 0) {
                throw new LocalException(
                        "%,d notifications have no party event after %d s, so the figures mean nothing."
                                .formatted(appended.unread(), PATIENCE.toSeconds()));
            }
            Thread.sleep(10); // the reader notes its times itself
        }
        Thread.sleep(CALLS_FOLLOW_MS);
    }
}
