package io.callweave.topology.message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a notification to the home partition of its account, and a mark of the clock to each partition it names. */
public final class HomePartitioner implements StreamPartitioner<byte[], RouterOutput> {

    /** The partition in which everything of an account is put together. */
    public static int homeOf(String accountId, int partitions) {
        return Utils.toPositive(Utils.murmur2(accountId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    @Override
    public Optional<Set<Integer>> partitions(String topic, byte[] key, RouterOutput message, int numPartitions) {
        if (message instanceof RepartitionMessage.Routed routed) {
            return Optional.of(Set.of(homeOf(routed.home(), numPartitions)));
        }
        RepartitionMessage.Mark mark = (RepartitionMessage.Mark) message;
        return Optional.of(mark.homes().stream().boxed().collect(Collectors.toUnmodifiableSet()));
    }
}
