package io.callweave.bench.latency;

import io.callweave.bench.figures.Delays;
import io.callweave.bench.throughput.BenchBroker;
import io.callweave.bench.throughput.BenchOptions;
import io.callweave.bench.throughput.Product;
import io.callweave.bench.throughput.Site;
import io.callweave.bench.throughput.StreamsApplication;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.InputPartitions;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;
import io.callweave.topics.Topic;
import io.callweave.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Appends notifications at a fixed rate, also where the topology does not keep up, and reads what comes of them, in this
 * process: broker and topology run here, too, or elsewhere.
 */
public final class LatencyBench {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Records of calls follow the last event, if they were not waited for. */
    private static final long CALLS_FOLLOW_MS = 3_000;

    private static final long SEED = 18;
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");

    /** Longer than every call: simulated time runs ahead of the clock until about as many calls end as begin. */
    private static final long AHEAD_MS = Duration.ofMinutes(20).toMillis();

    private final BenchOptions size;
    private final Paced options;
    private final Appended appended = new Appended();
    private final Random losses = new Random(SEED);

    /**
     * How it is fed.
     *
     * @param perSecond notifications
     * @param warmUpSeconds before anything is measured
     * @param lostShare of the notifications that are not appended
     */
    public record Paced(int perSecond, int warmUpSeconds, int seconds, double lostShare, Product subject) {

        private static final int MOST_PER_SECOND = 100_000;
        private static final int MOST_SECONDS = 86_400;

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException if one is out of range; the sentence names the option of the command line
         */
        public Paced {
            BenchOptions.check("--rate", perSecond, 1, MOST_PER_SECOND);
            BenchOptions.check("--warm-up", warmUpSeconds, 0, MOST_SECONDS);
            BenchOptions.check("--seconds", seconds, 1, MOST_SECONDS);
            BenchOptions.check("--lost", lostShare, 0, 0.5);
        }
    }

    /**
     * What is fed and read.
     *
     * @param partitions of each of its topics
     */
    public record Installation(String bootstrapServers, String topicsPrefix, int partitions) {}

    /** @param size of which accounts count, and what this process runs also partitions and threads */
    public LatencyBench(Paced options, BenchOptions size) {
        this.options = options;
        this.size = size;
    }

    /**
     * Runs broker and topology, too.
     *
     * @param directory for the broker and the state, empty
     * @throws LocalException if a notification leads to no event, or none to a call
     */
    public Result run(Path directory) throws InterruptedException {
        Product subject = options.subject();
        try (BenchBroker broker = new BenchBroker(directory)) {
            Site site = new Site(
                    "bench",
                    subject.label(),
                    broker.servers(),
                    size.partitions(),
                    size.threads(),
                    directory.resolve("state"),
                    0,
                    false);
            Topics.create(broker.admin(), site.prefix(), size.partitions(), (short) 1, Topics.Variant.STANDARD);
            StreamsApplication application = subject.live(site);
            application.start(0, 0, false);
            try {
                return measure(
                        new Installation(site.bootstrapServers(), site.prefix(), site.partitions()),
                        () -> new PacedCost.Meter(application.streams()));
            } finally {
                application.stop();
            }
        }
    }

    /**
     * Feeds and reads an installation that runs elsewhere, which costs nothing here.
     *
     * @throws LocalException as of {@link #run}
     */
    public Result run(Installation elsewhere) throws InterruptedException {
        return measure(elsewhere, () -> null);
    }

    private Result measure(Installation target, Supplier<PacedCost.@Nullable Meter> meter) throws InterruptedException {
        try (OutputReader reader = new OutputReader(target, appended)) {
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
                cost = feed(target, reader, meter);
                awaitEvents(reading);
            } finally {
                stopped.set(true);
            }
            reading.join();
            Result result = reader.result(cost);
            if (result.calls().number() == 0) {
                throw new LocalException("No call was over at once, so the figures mean nothing; take more --seconds.");
            }
            return result;
        }
    }

    /**
     * What was measured.
     *
     * @param partyEvents from the append of a notification until its first party event was read
     * @param partyEventsAfterLost the same, of the first notification after a lost one of its session
     * @param calls from the append of the last notification of a call until its record was read
     * @param cost of the same time; null if it was elsewhere
     */
    public record Result(
            Delays partyEvents,
            Delays partyEventsAfterLost,
            Delays calls,
            @Nullable PacedCost cost) {}

    private @Nullable PacedCost feed(
            Installation target, OutputReader reader, Supplier<PacedCost.@Nullable Meter> meter) {
        CallTemplates templates = CallTemplates.make();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        target.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.CLIENT_ID_CONFIG,
                        PacedCost.FEEDER),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            LiveTraffic traffic = new LiveTraffic(
                    templates,
                    size.accounts(),
                    System.currentTimeMillis() - AHEAD_MS,
                    templates.messages() * TimeUnit.SECONDS.toMillis(1) / options.perSecond(),
                    LiveTraffic.LINKED_SHARE,
                    TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis()));
            append(target, traffic, options.warmUpSeconds(), producer);
            reader.begin(System.nanoTime());
            PacedCost.Meter cost = meter.get();
            append(target, traffic, options.seconds(), producer);
            return cost == null ? null : cost.stop((long) options.seconds() * options.perSecond(), traffic.live());
        }
    }

    private void append(Installation target, LiveTraffic traffic, int seconds, Producer<byte[], byte[]> producer) {
        long start = System.nanoTime();
        long[] sent = {0};
        InputPartitions partitions = new InputPartitions(options.subject().partitionBy(), target.partitions());
        String topic = Topic.NOTIFICATIONS.name(target.topicsPrefix());
        long made = traffic.mixed(Math.max(1, (long) seconds * options.perSecond()), (session, bytes, receivedAt) -> {
            long due = start + sent[0]++ * NANOS_PER_SECOND / options.perSecond();
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (losses.nextDouble() < options.lostShare()) {
                appended.lose(session);
                return;
            }
            appended.append(session, sequence(bytes), due);
            var unused = producer.send(new ProducerRecord<>(
                    topic, partitions.of(bytes), session.getBytes(StandardCharsets.US_ASCII), bytes));
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
