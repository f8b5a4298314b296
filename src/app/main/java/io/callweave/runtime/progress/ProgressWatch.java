package io.callweave.runtime.progress;

import io.callweave.runtime.progress.Progress.Offsets;
import io.callweave.runtime.progress.Progress.Still;
import io.callweave.topology.RecordAttempts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the brokers every few seconds, in a thread of its own, how far the work of this instance is. */
public final class ProgressWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "progress-watch");
        made.setDaemon(true);
        return made;
    });
    private final Progress progress;
    private final BrokerQuestions questions;
    private final Watched watched;
    private volatile long lastAnswer = System.nanoTime();
    private volatile Optional<String> standstill = Optional.empty();

    /**
     * What is watched.
     *
     * @param partitions those that the active tasks of this instance read now
     * @param restoring whether an active task is being restored
     * @param ownTopics whether a topic is one of the application's
     * @param attempts which records have been begun
     */
    public record Watched(
            Supplier<Set<TopicPartition>> partitions,
            BooleanSupplier restoring,
            Predicate<String> ownTopics,
            RecordAttempts attempts) {}

    private ProgressWatch(Admin admin, String group, Watched watched, ProgressLimits limits) {
        this.progress = new Progress(limits);
        this.questions = new BrokerQuestions(admin, group, limits.answer());
        this.watched = watched;
    }

    /**
     * Starts to ask.
     *
     * @param admin is used, and not closed
     * @param group the consumer group of the committed offsets
     */
    public static ProgressWatch start(Admin admin, String group, Watched watched, ProgressLimits limits) {
        ProgressWatch watch = new ProgressWatch(admin, group, watched, limits);
        long interval = limits.interval().toMillis();
        var unused = watch.thread.scheduleWithFixedDelay(watch::ask, interval, interval, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Since a broker answered. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastAnswer);
    }

    /** What stands still for longer than a minute, and what to do; nothing if all moves. */
    public Optional<String> standstill() {
        return standstill;
    }

    /** For how long the slowest partition has made no progress although records wait. */
    public double standstillSeconds() {
        return progress.longest(System.nanoTime())
                .map(still -> still.time().toMillis() / 1_000.0)
                .orElse(0.0);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Must not throw, or it is never called again. */
    private void ask() {
        try {
            questions.anyBroker();
            lastAnswer = System.nanoTime();
            Map<TopicPartition, Offsets> offsets =
                    questions.offsets(watched.partitions().get(), watched.attempts()::isBegun);
            progress.answered(System.nanoTime(), offsets, watched.restoring().getAsBoolean());
            judge();
        } catch (TimeoutException | ExecutionException e) {
            unanswered(e);
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Progress could not be checked; the next check is in some seconds.", e);
            progress.unanswered();
            tell(Optional.empty());
        }
    }

    private void unanswered(Exception failure) {
        LOG.debug("The brokers did not report the progress of the work.", failure);
        progress.unanswered();
        tell(Optional.empty());
    }

    private void judge() throws ExecutionException, TimeoutException, InterruptedException {
        Optional<Still> still = progress.longest(System.nanoTime()).filter(Still::isTooLong);
        if (still.isPresent() && questions.isRebalancing()) {
            LOG.info("Nothing is committed while the group waits for an instance that is gone. Work goes on by itself"
                    + " when its session times out (streams.session.timeout.ms).");
            progress.unanswered();
            still = Optional.empty();
        }
        if (still.isPresent()) {
            Optional<TopicPartition> unwritable = questions.unwritable(watched.ownTopics());
            if (unwritable.isPresent()) {
                LOG.atDebug()
                        .setMessage("Work waits for Kafka, which cannot write at the moment.")
                        .addKeyValue("partition", unwritable.get())
                        .log();
                progress.unanswered();
                still = Optional.empty();
            }
        }
        tell(still.map(this::sentence));
    }

    private String sentence(Still still) {
        return "Partition " + still.partition() + " has stood still at offset "
                + still.offsets().committed() + " for " + still.time().toSeconds() + " s, while "
                + (still.offsets().end() - still.offsets().committed()) + " offsets wait"
                + atWork(still.partition())
                + ". Restart this instance; if it stands still again at that offset, see \"A record that blocks its"
                + " partition\" in docs/operate.md.";
    }

    private String atWork(TopicPartition partition) {
        return watched.attempts()
                .atWork(partition)
                .map(step -> "; the record with offset " + step.offset() + " has been worked on for "
                        + step.since().toSeconds() + " s")
                .orElse("");
    }

    private void tell(Optional<String> now) {
        Optional<String> before = standstill;
        standstill = now;
        if (now.isPresent() && before.isEmpty()) {
            LOG.error(now.get());
        } else if (now.isEmpty() && before.isPresent()) {
            LOG.info("The work continues.");
        }
    }
}
