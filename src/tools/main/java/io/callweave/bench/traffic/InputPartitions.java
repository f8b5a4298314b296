package io.callweave.bench.traffic;

import io.callweave.notification.NotificationKeyer;
import io.callweave.settings.value.PartitionBy;
import io.callweave.topics.HomePartition;
import org.jspecify.annotations.Nullable;

/**
 * Which partition of {@code notifications} the input goes to.
 *
 * @param count how many there are
 */
public record InputPartitions(PartitionBy by, int count) {

    private static final NotificationKeyer KEYER = new NotificationKeyer();

    /** That of a notification; null if the producer chooses by the key. */
    public @Nullable Integer of(byte[] notification) {
        if (by == PartitionBy.SESSION) {
            return null;
        }
        String account = KEYER.key(notification).account();
        return account == null ? null : HomePartition.of(account, count);
    }
}
