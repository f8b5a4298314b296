package io.callweave.bench.throughput;

import io.callweave.runtime.options.RocksDbMemory;
import io.callweave.topology.StreamsOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaClientSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/** An application of Kafka Streams. */
public final class StreamsApplication implements Application {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 5;

    /** The group waits so long for a process that was killed. It changes no call, so it is as short as brokers allow. */
    private static final Map<String, Object> SOON_GIVEN_UP =
            Map.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000, ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);

    private final Site site;
    private final Runs runs;
    private final Admin admin;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private Watch watch = Watch.NONE;
    private @Nullable Run run;
    private @Nullable KafkaStreams streams;
    private @Nullable RocksDbMemory memory;

    /**
     * One run over a part of the input.
     *
     * @param isDone whether all work after the committed input is done; false at first
     * @param limitsStores whether its stores share a limited memory, as those of the product do
     * @param options in addition to those that all have
     */
    public record Run(
            Topology topology,
            KafkaClientSupplier clients,
            BooleanSupplier isDone,
            boolean limitsStores,
            Map<String, Object> options) {}

    /** Makes a new one for each part. */
    @FunctionalInterface
    public interface Runs {

        /** As of {@link Application#start}. */
        Run run(long notifications, long end);
    }

    /** Looks at the application while it runs. */
    public interface Watch {

        /** Sees nothing. */
        Watch NONE = new Watch() {};

        default void beforeStart(KafkaStreams streams) {}

        /** All work is done and committed. */
        default void beforeStop(KafkaStreams streams) {}
    }

    public StreamsApplication(Site site, Runs runs) {
        this.site = site;
        this.runs = runs;
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers()));
    }

    /** From the next start on. */
    public void watch(Watch by) {
        watch = by;
    }

    /** While it runs. */
    public KafkaStreams streams() {
        return Objects.requireNonNull(streams);
    }

    @Override
    public void start(long notifications, long end, boolean quiet) throws InterruptedException {
        Run next = runs.run(notifications, end);
        Map<String, Object> options = new HashMap<>();
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers());
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, site.group());
        options.put(StreamsConfig.STATE_DIR_CONFIG, site.directory().toString());
        options.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, site.threads());
        options.putAll(next.options());
        if (site.recorded()) {
            options.putAll(SOON_GIVEN_UP);
        }
        RocksDbMemory shared = RocksDbMemory.byDefault();
        if (next.limitsStores()) {
            options.putAll(shared.options());
        }
        KafkaStreams started =
                new KafkaStreams(next.topology(), StreamsOptions.of(options, site.partitions()), next.clients());
        started.setUncaughtExceptionHandler(thrown -> {
            failure.compareAndSet(null, thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        run = next;
        streams = started;
        memory = shared;
        watch.beforeStart(started);
        started.start();
        int tasks = next.topology().describe().subtopologies().size() * site.partitions();
        while (!hasTasks(started, tasks)) {
            throwFailure();
            Thread.sleep(LOOK_EVERY_MILLIS); // starting and restoring take as long as they take
        }
        if (quiet) {
            BenchTopics.awaitQuiet(admin, site.prefix(), this::throwFailure);
        }
    }

    /** A thread can run while another one still waits for its tasks: with the protocol "streams", for seconds. */
    private static boolean hasTasks(KafkaStreams streams, int tasks) {
        return streams.state() == KafkaStreams.State.RUNNING
                && streams.metadataForLocalThreads().stream()
                                .mapToInt(thread -> thread.activeTasks().size())
                                .sum()
                        >= tasks;
    }

    @Override
    public boolean isDone(Map<TopicPartition, Long> ends) {
        throwFailure();
        return Objects.requireNonNull(run).isDone().getAsBoolean()
                && BenchTopics.isCommitted(admin, site.group(), ends);
    }

    @Override
    public void stop() {
        watch.beforeStop(streams());
        streams()
                .close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(STOP_TIMEOUT));
        Objects.requireNonNull(memory).close();
    }

    private void throwFailure() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }
}
