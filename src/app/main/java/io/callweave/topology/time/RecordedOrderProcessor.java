package io.callweave.topology.time;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Gives the stage what came from all partitions of a recording as if it came from one, in the order of its time. How far one
 * partition is read ahead of the others then changes nothing. What waits is in memory only: a task can move to another thread,
 * but not to another process. What was given on is gone, also if Kafka Streams undoes it: the run has to fail then.
 *
 * <p>A partition that was behind can let go all that waits for it, and that can be a whole file. So it goes on in portions.
 */
public final class RecordedOrderProcessor implements Processor<byte[], RouterOutput, byte[], RouterOutput> {

    private static final int ONLY_PARTITION = 0;
    private static final byte[] NO_KEY = {};

    private final int partitions;
    private final StepLimits limits;
    private final Map<Integer, Waiting> leftBehind;
    private ProcessorContext<byte[], RouterOutput> context;
    private Waiting waiting;
    private DueBacklog backlog;
    private long told;

    /** Whether the stage has to hear of the time once it has all that is before it. */
    private boolean marked;

    /** What a task has read and not given on. */
    private static final class Waiting {

        private final RecordedOrder<RepartitionMessage.Routed> order;
        private long lastOffset = -1;

        Waiting(int partitions) {
            order = new RecordedOrder<>(partitions);
        }
    }

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    private RecordedOrderProcessor(int partitions, StepLimits limits, Map<Integer, Waiting> leftBehind) {
        this.partitions = partitions;
        this.limits = limits;
        this.leftBehind = leftBehind;
    }

    @Override
    public void init(ProcessorContext<byte[], RouterOutput> processorContext) {
        context = processorContext;
        Waiting left = leftBehind.remove(context.taskId().partition());
        waiting = left == null ? new Waiting(partitions) : left;
        backlog = new DueBacklog(context, this::giveOn);
        told = Long.MIN_VALUE;
        marked = waiting.order.isReady();
        backlog.isThere(marked);
    }

    @Override
    public void process(Record<byte[], RouterOutput> sent) {
        long offset = context.recordMetadata().map(RecordMetadata::offset).orElse(Long.MAX_VALUE);
        if (offset <= waiting.lastOffset) {
            // It is read again, because a transaction in which it was only put here was not committed.
            return;
        }
        waiting.lastOffset = offset;
        if (sent.value() instanceof RepartitionMessage.Routed routed) {
            waiting.order.add(routed.sourcePartition(), routed.receivedAt(), routed);
        } else if (sent.value() instanceof RepartitionMessage.Mark mark) {
            mark.clocks().forEach(waiting.order::reach);
            marked = true;
        }
        giveOn();
    }

    private void giveOn() {
        StepLimits.Budget budget = limits.begin();
        while (!budget.isSpent()) {
            RepartitionMessage.Routed next = waiting.order.poll();
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
        boolean more = waiting.order.isReady();
        if (!more && marked) {
            marked = false;
            if (waiting.order.now() > told) {
                tell(waiting.order.now());
            }
        }
        backlog.isThere(more);
    }

    private void tell(long now) {
        told = now;
        forward(RepartitionMessage.Mark.of(ONLY_PARTITION, 1, now));
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
                routed.unread(),
                routed.headerAccount(),
                routed.sentSource(),
                routed.key(),
                routed.value());
    }

    /** Makes the processors of all tasks. */
    public static final class Supplier implements ProcessorSupplier<byte[], RouterOutput, byte[], RouterOutput> {

        private final int partitions;
        private final StepLimits limits;
        private final Map<Integer, Waiting> leftBehind = new ConcurrentHashMap<>();

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
