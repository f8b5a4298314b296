package io.callweave.topology.time;

import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.RouterOutput;
import java.util.BitSet;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Gives the stage what came from all partitions of a recording as if it came from one, in the order of its time. How far one
 * partition is read ahead of the others then changes nothing. What waits is in memory only: not for a process that may be
 * restarted.
 */
public final class RecordedOrderProcessor implements Processor<byte[], RouterOutput, byte[], RouterOutput> {

    private static final int ONLY_PARTITION = 0;

    private final RecordedOrder<RepartitionMessage.Routed> order;
    private ProcessorContext<byte[], RouterOutput> context;
    private long told = Long.MIN_VALUE;

    /** Begins with nothing heard of any of so many partitions. */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else.
    public RecordedOrderProcessor(int partitions) {
        order = new RecordedOrder<>(partitions);
    }

    @Override
    public void init(ProcessorContext<byte[], RouterOutput> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(Record<byte[], RouterOutput> sent) {
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

    private void tell(Record<byte[], RouterOutput> sent, long now) {
        told = now;
        context.forward(sent.withValue(new RepartitionMessage.Mark(ONLY_PARTITION, 1, now, new BitSet())));
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
}
