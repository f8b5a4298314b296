package io.callweave.local;

import io.callweave.files.LocalException;
import io.callweave.topics.Topic;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.StreamsOptions;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyOptions;
import io.callweave.topology.time.ConsumerProgress;
import io.callweave.topology.windows.WindowOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/**
 * The real topology on notifications of files, all of which have been taken in. Time is the recorded one; where the files end
 * it runs on until nothing waits.
 */
final class FileTopology implements AutoCloseable {

    /** Later than everything that any call could wait for, and before windows that are kept for good would be dropped. */
    private static final long END_OF_TIME = Long.MAX_VALUE / 8;

    /** One for the router, one for the stage. */
    private static final int STREAM_THREADS = 2;

    /**
     * For a step, because what is due comes before the next notification, however much it is; and a computer can sleep. Nobody
     * waits for what a run has not committed. Brokers allow no longer transactions.
     */
    private static final int LONGEST_STEP_MS = 15 * 60_000;

    private static final Duration TICK = Duration.ofMillis(20);
    private static final Duration STOP_TIMEOUT = Duration.ofMinutes(5);

    /** After a failure or an interruption nothing is worth waiting for. */
    private static final Duration SHORT_STOP_TIMEOUT = Duration.ofSeconds(1);

    private static final String UNDONE =
            "Kafka Streams has undone work of this run, which cannot be taken up again. Run it again.";

    private final FileRunOptions options;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Set<Integer> finished = ConcurrentHashMap.newKeySet();
    private final KafkaStreams streams;
    private Duration patience = SHORT_STOP_TIMEOUT;
    private volatile boolean endUndone;
    private boolean stopped;

    /**
     * Starts it.
     *
     * @param largestRecord that it can write, in bytes
     * @param state where its stores lie
     */
    FileTopology(FileRunOptions options, String bootstrapServers, int largestRecord, Path state) {
        this.options = options;
        ConsumerProgress clients = new ConsumerProgress(() -> END_OF_TIME, TICK);
        clients.whenUndone(this::undone);
        TopologyConfig config = new TopologyConfig(
                TopologyOptions.under(options.topicPrefix(), options.calls(), windows())
                        .without(options.unread()),
                options.partitions(),
                TopologyConfig.Clock.recordedInOrder(clients, TICK),
                this::caughtUp);
        this.streams = new KafkaStreams(
                CallweaveTopology.build(config),
                StreamsOptions.of(streamsOptions(bootstrapServers, largestRecord, state), options.partitions()),
                clients);
        streams.setUncaughtExceptionHandler(failure -> {
            if (!done.completeExceptionally(failure)) {
                endUndone = true;
            }
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.start();
    }

    private WindowOptions windows() {
        // Windows cannot be off, but count nothing. Else files can hold the calls of one day far apart.
        return options.unread().contains(Topic.WINDOW_METRICS)
                ? WindowOptions.NONE
                : options.windows().keptForGood();
    }

    /** What waited for other partitions and was given on is gone. At the end, nobody does anything again. */
    private void undone() {
        if (options.partitions() > 1) {
            done.completeExceptionally(new LocalException(UNDONE));
        }
        if (done.isDone()) {
            endUndone = true;
        }
    }

    private void caughtUp(int partition, long now) {
        if (now >= END_OF_TIME && finished.add(partition) && finished.size() == options.partitions()) {
            done.complete(null);
        }
    }

    /**
     * Waits until everything is worked off, and nothing waits any more.
     *
     * @throws LocalException if the topology fails
     */
    void await() throws InterruptedException {
        try {
            done.get();
            patience = STOP_TIMEOUT; // commits what is open
        } catch (ExecutionException e) {
            throw told(e);
        }
    }

    /** A sentence of ours as it is, and any other failure with its name. */
    static LocalException told(ExecutionException failure) {
        return failure.getCause() instanceof LocalException ours
                ? ours
                : new LocalException("The topology failed: " + failure.getCause() + ".", failure);
    }

    /**
     * To be asked when it is closed, after {@link #await} has returned.
     *
     * @throws LocalException if some work is undone, or may be
     */
    void checkThatAllIsCommitted() {
        if (endUndone) {
            throw new LocalException(UNDONE);
        }
        if (!stopped) {
            throw new LocalException("Kafka Streams has not stopped within " + STOP_TIMEOUT.toMinutes()
                    + " minutes, so nobody knows whether all of this run is written. Run it again.");
        }
    }

    @Override
    public void close() {
        stopped = streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(patience));
    }

    private static Map<String, Object> streamsOptions(String bootstrapServers, int largestRecord, Path state) {
        return Map.of(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                StreamsConfig.APPLICATION_ID_CONFIG,
                "callweave-run",
                StreamsConfig.STATE_DIR_CONFIG,
                state.toString(),
                StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                STREAM_THREADS,
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                largestRecord,
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                2L * largestRecord,
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                LONGEST_STEP_MS,
                StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                LONGEST_STEP_MS,
                StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                50);
    }
}
