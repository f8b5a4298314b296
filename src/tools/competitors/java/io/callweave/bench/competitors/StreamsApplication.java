package io.callweave.bench.competitors;

import io.callweave.bench.throughput.BenchTopics;
import io.callweave.bench.throughput.Candidate;
import io.callweave.bench.throughput.Subject;
import io.callweave.operations.options.RocksDbMemory;
import io.callweave.topology.StreamsOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/** Callweave or the DSL, exactly as {@code bench topology} runs them. */
final class StreamsApplication implements CompetitorApplication {

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);
    private static final long LOOK_EVERY_MILLIS = 5;

    private final CompetitorSite site;
    private final CompetitorOptions options;
    private final Candidate candidate;
    private final Admin admin;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private Candidate.@Nullable Run run;
    private @Nullable KafkaStreams streams;
    private @Nullable RocksDbMemory memory;

    StreamsApplication(CompetitorSite site) {
        this.site = site;
        options = CompetitorOptions.of(1, 0, 1, site.partitions(), site.threads(), Set.of(site.competitor()));
        candidate = candidateOf(site.competitor(), options, site.lateWindow());
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers()));
    }

    /** The subject of {@code bench topology} that this is. */
    static Candidate candidateOf(Competitor competitor, CompetitorOptions options, long lateWindow) {
        Subject subject = switch (competitor) {
            case CALLWEAVE -> Subject.CALLWEAVE;
            case CALLWEAVE_ACCOUNT -> Subject.BY_ACCOUNT;
            case CALLWEAVE_FEWER -> Subject.FEWER;
            default -> Subject.DSL;
        };
        return subject.candidate(competitor.prefix(), options.size(), lateWindow);
    }

    @Override
    public void start(long notifications, long end) throws InterruptedException {
        Candidate.Run next = candidate.run(notifications, end);
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, site.group());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, site.directory().toString());
        settings.put(
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                options.size().commitInterval().toMillis());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, site.threads());
        RocksDbMemory shared = RocksDbMemory.byDefault();
        memory = shared;
        settings.putAll(next.options(shared));
        KafkaStreams started =
                new KafkaStreams(next.topology(), StreamsOptions.of(settings, site.partitions()), next.clients());
        started.setUncaughtExceptionHandler(thrown -> {
            failure.compareAndSet(null, thrown);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        run = next;
        streams = started;
        started.start();
        while (!next.hasAllTasks(started, site.partitions())) {
            throwFailure();
            Thread.sleep(LOOK_EVERY_MILLIS); // starting and restoring take as long as they take
        }
        BenchTopics.awaitQuiet(admin, site.prefix(), site.partitions(), this::throwFailure);
    }

    @Override
    public boolean isDone(Map<TopicPartition, Long> ends) {
        throwFailure();
        if (run == null || !run.isDone().getAsBoolean()) {
            return false;
        }
        Map<TopicPartition, Long> committed = BenchTopics.committed(admin, site.group());
        return ends.entrySet().stream().allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    @Override
    public boolean isReadable() {
        throwFailure();
        return true;
    }

    @Override
    public void stop() {
        if (streams != null) {
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(STOP_TIMEOUT));
        }
        if (memory != null) {
            memory.close();
        }
    }

    private void throwFailure() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new IllegalStateException(thrown);
        }
    }
}
