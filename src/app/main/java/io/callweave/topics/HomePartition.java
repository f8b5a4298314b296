package io.callweave.topics;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition in which everything of an account is put together. Producers of {@code notifications} that choose it spare each
 * notification a detour, so it is part of what the product promises.
 */
public final class HomePartition {

    private HomePartition() {}

    /** What Kafka's default partitioner chooses for a record that has the account as its key. */
    public static int of(String accountId, int partitions) {
        return Utils.toPositive(Utils.murmur2(accountId.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
