package io.callweave.topology;

import io.callweave.notification.NotificationReader;
import io.callweave.topology.fairness.ThreadTime;
import io.callweave.topology.message.RouterOutput;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.time.CommitSchedule;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.errors.TopologyException;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Puts everything of an account together. Kafka Streams uses a processor again after a transaction has failed, and keeps it when
 * its task becomes a standby, so all that it does and knows is in a {@link StageWork}, from init to close.
 */
final class StageProcessor implements Processor<byte[], RouterOutput, byte[], StageOutput> {

    private final TopologyConfig config;
    private final CommitSchedule commits;
    private final SessionMemory memory;
    private final ThreadLocal<ThreadTime> time;
    private final NotificationReader reader;
    private @Nullable Begun begun;

    /** What there is between init and close. */
    private record Begun(int partition, StageWork work, List<Cancellable> timers) {}

    StageProcessor(TopologyConfig config, CommitSchedule commits, SessionMemory memory, ThreadLocal<ThreadTime> time) {
        this.config = config;
        this.commits = commits;
        this.memory = memory;
        this.time = time;
        this.reader = new NotificationReader(config.options().calls().notifications(), config.metrics()::unknownField);
    }

    @Override
    public void init(ProcessorContext<byte[], StageOutput> context) {
        checkTopologyOfTheGroup(context);
        int partition = context.taskId().partition();
        StageWork work = new StageWork(context, config, commits, memory, time.get(), reader);
        memory.join(partition);
        begun = new Begun(
                partition,
                work,
                List.of(
                        commits.start(context),
                        context.schedule(config.clock().tick(), PunctuationType.WALL_CLOCK_TIME, time -> work.tick())));
    }

    /**
     * A group whose leader does not skip the hop has stages that are tasks of their own. To it, this task is a router only, and
     * another instance has the state of this stage.
     */
    private void checkTopologyOfTheGroup(ProcessorContext<byte[], StageOutput> context) {
        String hop = CallweaveTopology.hopTopic(context.applicationId());
        int home = context.taskId().partition();
        if (config.options().skipsHop() && !config.clock().readAhead().isAssigned(new TopicPartition(hop, home))) {
            throw new TopologyException(
                    "The stage of the task %s is unknown to the topology of the group.".formatted(context.taskId()));
        }
    }

    @Override
    public void process(Record<byte[], RouterOutput> sent) {
        if (begun == null) {
            throw new IllegalStateException("Kafka Streams processes a record before init.");
        }
        begun.work().process(sent.value());
    }

    /** Its timers would go on in the next task that is made of it. */
    @Override
    public void close() {
        Begun last = begun;
        begun = null;
        if (last != null) {
            last.timers().forEach(Cancellable::cancel);
            last.work().end();
            memory.leave(last.partition());
        }
    }

    /** Makes the processors of all tasks, and brings their stores. */
    record Supplier(TopologyConfig config, CommitSchedule commits, SessionMemory memory, ThreadLocal<ThreadTime> time)
            implements ProcessorSupplier<byte[], RouterOutput, byte[], StageOutput> {

        @Override
        public Processor<byte[], RouterOutput, byte[], StageOutput> get() {
            return new StageProcessor(config, commits, memory, time);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return StoreNames.stage();
        }
    }
}
