package io.callweave.bench.throughput;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.throughput.SubjectBench.BenchSite;
import io.callweave.files.LocalException;
import io.callweave.operations.options.RocksDbMemory;
import io.callweave.topology.StreamsOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a Kafka Streams application over a part of the input, and its cost. */
final class TimedRun {

    private static final Logger LOG = LoggerFactory.getLogger(TimedRun.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final int LOOKS_PER_READING = 100;
    private static final double NANOS = 1e9;

    private static final long PATIENCE_SECONDS = 900;
    private static final long SLOWEST_PER_SECOND = 100;

    private final String label;
    private final BenchSite site;
    private final String application;
    private final String prefix;
    private final Begin begin;

    /** When the input can be read, which is when the measurement begins. */
    enum Begin {
        BEFORE_START,
        WHEN_RUNNING
    }

    /** @param prefix of the topics of the application */
    TimedRun(String label, BenchSite site, String application, String prefix, Begin begin) {
        this.label = label;
        this.site = site;
        this.application = application;
        this.prefix = prefix;
        this.begin = begin;
    }

    /**
     * Starts the application, makes the input visible, and stops it when all work is done and committed.
     *
     * @throws LocalException if the application fails or does not finish
     */
    Measurement measure(Candidate.Run run, BenchInput input, long notifications, SubjectBench.RunWatch watch)
            throws InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        try (RocksDbMemory memory = RocksDbMemory.byDefault();
                KafkaStreams streams = new KafkaStreams(
                        run.topology(),
                        StreamsOptions.of(
                                streamsOptions(run, memory), site.options().partitions()),
                        run.clients())) {
            streams.setUncaughtExceptionHandler(thrown -> {
                if (failure.compareAndSet(null, thrown)) {
                    LOG.atError()
                            .setCause(thrown)
                            .addKeyValue("subject", label)
                            .log("A stream thread failed. Please report this.");
                }
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            long deadline =
                    System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS + notifications / SLOWEST_PER_SECOND);
            watch.beforeStart(streams);
            CpuTimes.Reading before = site.cpu().read();
            long start = System.nanoTime();
            if (begin == Begin.BEFORE_START) {
                input.commit();
            }
            streams.start();
            while (!run.hasAllTasks(streams, site.options().partitions())) {
                look(failure, deadline);
            }
            if (begin == Begin.WHEN_RUNNING) {
                BenchTopics.awaitQuiet(
                        site.admin(), prefix, site.options().partitions(), () -> check(failure, deadline));
                before = site.cpu().read();
                start = System.nanoTime();
                input.commit();
            }
            for (int looks = 1; !run.isDone().getAsBoolean() || !isCommitted(input.ends()); looks++) {
                look(failure, deadline);
                if (looks % LOOKS_PER_READING == 0) {
                    site.cpu().read();
                }
            }
            double seconds = (System.nanoTime() - start) / NANOS;
            Measurement measurement =
                    new Measurement(notifications, seconds, site.cpu().read().since(before));
            watch.beforeStop(streams);
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(STOP_TIMEOUT));
            return measurement;
        }
    }

    private void look(AtomicReference<@Nullable Throwable> failure, long deadline) throws InterruptedException {
        check(failure, deadline);
        Thread.sleep(LOOK_EVERY_MILLIS); // commits can only be polled
    }

    private void check(AtomicReference<@Nullable Throwable> failure, long deadline) {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new LocalException(label + " failed: " + root(thrown) + ".", thrown);
        }
        if (System.nanoTime() > deadline) {
            throw new LocalException(label + " does not come to the end of its input.");
        }
    }

    /** Kafka Streams wraps the exception of a processor in sentences that do not name it. */
    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private boolean isCommitted(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> committed = BenchTopics.committed(site.admin(), application);
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private Map<String, Object> streamsOptions(Candidate.Run run, RocksDbMemory memory) {
        Map<String, Object> options = new HashMap<>();
        options.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers());
        options.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        options.put(StreamsConfig.STATE_DIR_CONFIG, site.stateDirectory().toString());
        options.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                site.options().commitInterval().toMillis());
        options.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, site.options().threads());
        // Callweave requests commits itself.
        options.putAll(run.options(memory));
        return options;
    }
}
