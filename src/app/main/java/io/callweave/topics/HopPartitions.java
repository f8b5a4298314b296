package io.callweave.topics;

import io.callweave.settings.value.PartitionBy;
import java.util.Optional;

/**
 * How many partitions the topic between router and stage may have. They are the homes of accounts: where the state of an account
 * is follows from their number. The router has no state, so by session {@code notifications} can have more.
 */
public final class HopPartitions {

    /** What stays possible where the state cannot follow. */
    public static final String ELSEWHERE =
            "start under another topics.prefix and application.id, and replay (docs/operate.md, \"More partitions\")";

    private HopPartitions() {}

    /**
     * What is wrong with these numbers, and what to do; one sentence without its period, or nothing.
     *
     * @param hop the topic between router and stage
     * @param notifications the topic, or what is to become of it
     */
    public static Optional<String> wrong(TopicState hop, TopicState notifications, PartitionBy partitionBy) {
        return wrong(hop.name(), hop.partitions(), notifications.name(), notifications.partitions(), partitionBy);
    }

    /** The same of their names and numbers. */
    public static Optional<String> wrong(
            String hop, int homes, String notifications, int partitions, PartitionBy partitionBy) {
        if (homes == partitions || (homes < partitions && partitionBy == PartitionBy.SESSION)) {
            return Optional.empty();
        }
        String numbers = notifications + " has " + partitions + " partitions and " + hop + " has " + homes;
        return Optional.of(
                homes < partitions
                        ? numbers + ", and by account (bridge.partition-by) accounts would move away from their state;"
                                + " set bridge.partition-by=session for streams and bridges, or " + ELSEWHERE
                        : numbers + ", but accounts would move away from their state; " + ELSEWHERE);
    }
}
