package io.callweave.topology.message;

import io.callweave.topics.HomePartition;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a notification to the home partition of its account, and a mark of the clock to each partition it names. */
public final class HomePartitioner implements StreamPartitioner<byte[], RouterOutput> {

    @Override
    @SuppressWarnings(
            "removal") // The only one that is abstract; the one with headers, which Kafka Streams asks, calls it.
    public Optional<Set<Integer>> partitions(String topic, byte[] key, RouterOutput message, int numPartitions) {
        if (message instanceof RepartitionMessage.Routed routed) {
            return Optional.of(Set.of(HomePartition.of(routed.home(), numPartitions)));
        }
        RepartitionMessage.Mark mark = (RepartitionMessage.Mark) message;
        return Optional.of(mark.homes().stream().boxed().collect(Collectors.toUnmodifiableSet()));
    }
}
