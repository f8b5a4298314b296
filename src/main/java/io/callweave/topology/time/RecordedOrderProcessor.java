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
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Gives the stage what came from all partitions of a recording as if it came from one, in the order of its time. How far one
 * partition is read ahead of the others then changes nothing. What waits is in memory only: a task can move to another thread,
 * but not to another process.
 */
public final class RecordedOrderProcessor implements Processor<byte[], RouterOutput, byte[], RouterOutput> {

    private static final int ONLY_PARTITION = 0;

    private final int partitions;
    private final Map<Integer, Waiting> leftBehind;
    private ProcessorContext<byte[], RouterOutput> context;
    private Waiting waiting;
    private long told;

    /** What a task has read and not given on. */
    private static final class Waiting {

        private final RecordedOrder<RepartitionMessage.Routed> order;
        private long lastOffset = -1;

        Waiting(int partitions) {
            order = new RecordedOrder<>(partitions);
        }
    }

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    private RecordedOrderProcessor(int partitions, Map<Integer, Waiting> leftBehind) {
        this.partitions = partitions;
        this.leftBehind = leftBehind;
    }

    @Override
    public void init(ProcessorContext<byte[], RouterOutput> processorContext) {
        context = processorContext;
        Waiting left = leftBehind.remove(context.taskId().partition());
        waiting = left == null ? new Waiting(partitions) : left;
        told = Long.MIN_VALUE;
    }

    @Override
    public void process(Record<byte[], RouterOutput> sent) {
        checkThatItIsNew(context.recordMetadata().map(RecordMetadata::offset).orElse(Long.MAX_VALUE));
        RecordedOrder<RepartitionMessage.Routed> order = waiting.order;
        if (sent.value() instanceof RepartitionMessage.Routed routed) {
            order.add(routed.sourcePartition(), routed.receivedAt(), routed);
        } else if (sent.value() instanceof RepartitionMessage.Mark mark) {
            order.reach(mark.sourcePartition(), mark.time());
        }
        for (RepartitionMessage.Routed next = order.poll(); next != null; next = order.poll()) {
            if (told == Long.MIN_VALUE) {
                // Without a first mark, the stage does not take the time of notifications for its clock.
                tell(sent, next.receivedAt());
            }
            context.forward(sent.withValue(fromOnlyPartition(next)));
        }
        if (sent.value() instanceof RepartitionMessage.Mark && order.now() > told) {
            tell(sent, order.now());
        }
    }

    /** What was given on since the last commit is undone with it, and is here no more. */
    private void checkThatItIsNew(long offset) {
        if (offset <= waiting.lastOffset) {
            throw new IllegalStateException(
                    "Kafka Streams has undone work of this run, which cannot be taken up again. Run it again.");
        }
        waiting.lastOffset = offset;
    }

    private void tell(Record<byte[], RouterOutput> sent, long now) {
        told = now;
        context.forward(sent.withValue(new RepartitionMessage.Mark(ONLY_PARTITION, 1, now, new BitSet())));
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
        private final Map<Integer, Waiting> leftBehind = new ConcurrentHashMap<>();

        /** For notifications of so many partitions. */
        public Supplier(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public Processor<byte[], RouterOutput, byte[], RouterOutput> get() {
            return new RecordedOrderProcessor(partitions, leftBehind);
        }
    }
}
