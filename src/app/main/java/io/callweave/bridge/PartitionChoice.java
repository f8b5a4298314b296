package io.callweave.bridge;

import io.callweave.topics.HomePartition;
import io.callweave.topics.Topic;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Who chooses the partition of a record: Kafka's producer by its key, or we by its account. Immutable. */
public final class PartitionChoice {

    /** The producer always chooses. */
    public static final PartitionChoice BY_KEY = new PartitionChoice("");

    private final String notifications;

    private PartitionChoice(String notifications) {
        this.notifications = notifications;
    }

    /**
     * Each notification goes to the home partition of its account.
     *
     * @param prefix of the topics' names
     */
    public static PartitionChoice byAccount(String prefix) {
        return new PartitionChoice(Topic.NOTIFICATIONS.name(prefix));
    }

    /**
     * The partition of a record, by the header that the intake gave it. The router finds the same account.
     *
     * @param producer knows how many partitions there are
     * @return null if the producer chooses, as it does for other topics and where no account is known
     */
    public @Nullable Integer of(RawRecord raw, Producer<byte[], byte[]> producer) {
        if (!raw.topic().equals(notifications)) {
            return null;
        }
        String account = raw.account();
        return account.isEmpty()
                ? null
                : HomePartition.of(
                        account, producer.partitionsFor(notifications).size());
    }
}
