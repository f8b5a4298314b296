package io.callweave.runtime;

import io.callweave.logging.RootCause;
import io.callweave.runtime.options.RocksDbMemory;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.runtime.startup.StateFault;
import java.time.Duration;
import java.util.function.Function;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka Streams as a part of a role, with the memory that its stores share. It tells the role when it works, and when it fails. */
public final class RunningStreams implements AutoCloseable {

    /** Enough for a commit and the last fetch, and leaves the other parts some time. */
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(25);

    private static final Logger LOG = LoggerFactory.getLogger(RunningStreams.class);

    private final RoleParts role;
    private final KafkaStreams streams;
    private final RocksDbMemory memory;
    private final GroupMembershipOperation atStop;

    private RunningStreams(
            RoleParts role, KafkaStreams streams, RocksDbMemory memory, GroupMembershipOperation atStop) {
        this.role = role;
        this.streams = streams;
        this.memory = memory;
        this.atStop = atStop;
    }

    /**
     * Makes it, as a part of the role; it does not work yet.
     *
     * @param memoryBytes that all stores take together
     * @param stays whether it keeps its place in the group when it stops, so that nobody takes over
     */
    public static RunningStreams open(
            RoleParts role, long memoryBytes, boolean stays, Function<RocksDbMemory, KafkaStreams> make) {
        RocksDbMemory memory = new RocksDbMemory(memoryBytes);
        KafkaStreams streams;
        try {
            streams = make.apply(memory);
        } catch (RuntimeException e) {
            memory.close();
            throw cannotStart(e);
        }
        RunningStreams running = role.keep(new RunningStreams(
                role,
                streams,
                memory,
                stays ? GroupMembershipOperation.REMAIN_IN_GROUP : GroupMembershipOperation.LEAVE_GROUP));
        streams.setStateListener(running::heed);
        role.meters().bind(streams, memory.figures());
        return running;
    }

    /**
     * Begins to work.
     *
     * @throws OperationsException if it cannot; one sentence
     */
    public void start() {
        try {
            streams.start();
        } catch (RuntimeException e) {
            throw cannotStart(e);
        }
    }

    public KafkaStreams.State state() {
        return streams.state();
    }

    /** What to ask about tasks and instances. */
    public KafkaStreams kafka() {
        return streams;
    }

    /** Ends as near to a crash as one process can: it leaves no group and waits for nothing. */
    void kill() {
        var unused = streams.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP)
                .withTimeout(Duration.ZERO));
    }

    @Override
    public void close() {
        if (streams.close(CloseOptions.groupMembershipOperation(atStop).withTimeout(STOP_TIMEOUT))) {
            memory.close();
        } else {
            // Threads that still run use the memory.
            LOG.atWarn()
                    .setMessage("Stream threads did not end in time; uncommitted work is repeated.")
                    .addKeyValue("timeout", STOP_TIMEOUT)
                    .log();
        }
    }

    /** Called by threads of Kafka Streams, which must not wait for themselves to end. */
    private void heed(KafkaStreams.State now, KafkaStreams.State before) {
        LOG.atInfo()
                .setMessage("The state of Kafka Streams changed.")
                .addKeyValue("role", role.name())
                .addKeyValue("state", now)
                .addKeyValue("before", before)
                .log();
        if (now == KafkaStreams.State.RUNNING) {
            role.works();
        }
        if (now == KafkaStreams.State.ERROR) {
            role.fails();
        }
    }

    private static OperationsException cannotStart(RuntimeException failure) {
        return failure instanceof OperationsException known
                ? known
                : new OperationsException(
                        StateFault.sentence(failure)
                                .orElseGet(() -> "Kafka Streams cannot start: " + RootCause.message(failure)),
                        failure);
    }
}
