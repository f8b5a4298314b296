package io.callweave.topology.time;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gives the stage what came from all partitions of a recording as if it came from one, in the order of its time. How far one
 * partition is read ahead of the others then changes nothing. What waits is in memory only: a task can move to another thread,
 * but not to another process, and what Kafka Streams undoes is lost.
 *
 * <p>A partition that was behind can let go all that waits for it, and that can be a whole file. So it goes on in portions.
 */
public final class RecordedOrderProcessor implements Processor<byte[], RouterOutput, byte[], RouterOutput> {

    private static final int ONLY_PARTITION = 0;
    private static final byte[] NO_KEY = {};

    private final int partitions;
    private final StepLimits limits;
    private final Map<Integer, RecordedOrder<RepartitionMessage.Routed>> leftBehind;
    private ProcessorContext<byte[], RouterOutput> context;
    private RecordedOrder<RepartitionMessage.Routed> waiting;
    private DueBacklog backlog;
    private long told;

    /** Whether the stage has to hear of the time once it has all that is before it. */
    private boolean marked;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    private RecordedOrderProcessor(
            int partitions, StepLimits limits, Map<Integer, RecordedOrder<RepartitionMessage.Routed>> leftBehind) {
        this.partitions = partitions;
        this.limits = limits;
        this.leftBehind = leftBehind;
    }

    @Override
    public void init(ProcessorContext<byte[], RouterOutput> processorContext) {
        context = processorContext;
        RecordedOrder<RepartitionMessage.Routed> left =
                leftBehind.remove(context.taskId().partition());
        waiting = left == null ? new RecordedOrder<>(partitions) : left;
        backlog = new DueBacklog(context, this::giveOn);
        told = Long.MIN_VALUE;
        marked = waiting.isReady();
        backlog.isThere(marked);
    }

    @Override
    public void process(Record<byte[], RouterOutput> sent) {
        if (sent.value() instanceof RepartitionMessage.Routed routed) {
            waiting.add(routed.sourcePartition(), routed.receivedAt(), routed);
        } else if (sent.value() instanceof RepartitionMessage.Mark mark) {
            waiting.reach(mark.sourcePartition(), mark.time());
            marked = true;
        }
        giveOn();
    }

    private void giveOn() {
        StepLimits.Budget budget = limits.begin();
        while (!budget.isSpent()) {
            RepartitionMessage.Routed next = waiting.poll();
            if (next == null) {
                break;
            }
            if (told == Long.MIN_VALUE) {
                // Without a first mark, the stage does not take the time of notifications for its clock.
                tell(next.receivedAt());
            }
            forward(fromOnlyPartition(next));
            budget.spend();
        }
        boolean more = waiting.isReady();
        if (!more && marked) {
            marked = false;
            if (waiting.now() > told) {
                tell(waiting.now());
            }
        }
        backlog.isThere(more);
    }

    private void tell(long now) {
        told = now;
        forward(new RepartitionMessage.Mark(ONLY_PARTITION, 1, now, new BitSet()));
    }

    private void forward(RepartitionMessage message) {
        // The stage reads the message only.
        context.forward(new Record<>(NO_KEY, message, 0));
    }

    @Override
    public void close() {
        leftBehind.put(context.taskId().partition(), waiting);
    }

    private static RepartitionMessage.Routed fromOnlyPartition(RepartitionMessage.Routed routed) {
        return new RepartitionMessage.Routed(
                ONLY_PARTITION,
                routed.offset(),
                routed.receivedAt(),
                routed.home(),
                routed.headerAccount(),
                routed.sentSource(),
                routed.key(),
                routed.value());
    }

    /** Makes the processors of all tasks. */
    public static final class Supplier implements ProcessorSupplier<byte[], RouterOutput, byte[], RouterOutput> {

        private final int partitions;
        private final StepLimits limits;
        private final Map<Integer, RecordedOrder<RepartitionMessage.Routed>> leftBehind = new ConcurrentHashMap<>();

        /**
         * Makes none yet.
         *
         * @param partitions of the notifications
         * @param limits of what is given on in one step
         */
        public Supplier(int partitions, StepLimits limits) {
            this.partitions = partitions;
            this.limits = limits;
        }

        @Override
        public Processor<byte[], RouterOutput, byte[], RouterOutput> get() {
            return new RecordedOrderProcessor(partitions, limits, leftBehind);
        }
    }
}
