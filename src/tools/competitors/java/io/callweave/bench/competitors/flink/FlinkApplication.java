package io.callweave.bench.competitors.flink;

import io.callweave.bench.competitors.Competitor;
import io.callweave.bench.throughput.Application;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.bench.throughput.Site;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A local cluster of Flink with one job; from part to part, its state is in a savepoint. */
public final class FlinkApplication implements Application {

    private static final long LOOK_EVERY_MILLIS = 5;

    /** After its functions, a job still opens its readers. */
    private static final long SETTLE_MILLIS = 1_000;

    private final Competitor competitor;
    private final Site site;
    private final Admin admin;
    private @Nullable JobClient job;
    private @Nullable String savepoint;
    private long expected;

    /** Goes on where a process that was killed had its last checkpoint. */
    public FlinkApplication(Competitor competitor, Site site) {
        this.competitor = competitor;
        this.site = site;
        savepoint = LastCheckpoint.in(FlinkJob.checkpoints(site));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers()));
    }

    @Override
    public void start(long notifications, long end, boolean quiet) throws Exception {
        CheckpointedCounts.clear();
        expected = notifications;
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(
                site.threads(), FlinkJob.configuration(competitor, site, savepoint));
        FlinkJob.build(environment, competitor, site);
        job = environment.executeAsync(site.label());
        while (!CheckpointedCounts.isComplete(site.threads())) {
            throwFailure();
            Thread.sleep(LOOK_EVERY_MILLIS); // starting and restoring take as long as they take
        }
        Thread.sleep(SETTLE_MILLIS); // what a job does after its start ends without an event
    }

    /** A checkpoint has sent everything, but its transactions are committed a little later. */
    @Override
    public boolean isDone(Map<TopicPartition, Long> ends) throws Exception {
        throwFailure();
        // One that was killed does not know what it had done before.
        boolean isCommitted = site.recorded()
                ? BenchTopics.isCommitted(admin, site.group(), ends)
                : CheckpointedCounts.isDone(expected);
        return isCommitted
                && BenchTopics.ends(admin, site.prefix(), IsolationLevel.READ_COMMITTED)
                        .equals(BenchTopics.ends(admin, site.prefix(), IsolationLevel.READ_UNCOMMITTED));
    }

    @Override
    public void stop() throws Exception {
        JobClient running = Objects.requireNonNull(job);
        savepoint = running.stopWithSavepoint(
                        false, FlinkJob.uri(site.directory().resolve("savepoints")), SavepointFormatType.NATIVE)
                .get();
        running.getJobExecutionResult().get();
    }

    private void throwFailure() throws Exception {
        JobClient running = Objects.requireNonNull(job);
        JobStatus status = running.getJobStatus().get();
        if (status.isGloballyTerminalState()) {
            running.getJobExecutionResult().get();
            throw new IllegalStateException("the job has ended as " + status);
        }
    }
}
