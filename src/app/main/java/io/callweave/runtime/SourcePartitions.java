package io.callweave.runtime;

import io.callweave.runtime.options.StreamsRoleOptions;
import io.callweave.topics.HopPartitions;
import io.callweave.topics.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many partitions {@code notifications} has, also if some are added while an instance runs, and what that means for it. */
final class SourcePartitions {

    private static final Logger LOG = LoggerFactory.getLogger(SourcePartitions.class);

    private final StreamsRoleOptions options;
    private final String notifications;
    private final int homes;
    private final Runnable fails;
    private volatile int partitions;

    /**
     * At its start.
     *
     * @param homes the partitions of the topic between router and stage
     * @param fails ends the instance
     */
    SourcePartitions(StreamsRoleOptions options, int homes, int partitions, Runnable fails) {
        this.options = options;
        this.notifications = options.role().topics().name(Topic.NOTIFICATIONS);
        this.homes = homes;
        this.partitions = partitions;
        this.fails = fails;
    }

    /** As many as there are now. */
    int now() {
        return partitions;
    }

    /** So many a topic has. */
    void counted(String topic, int count) {
        int before = partitions;
        if (!topic.equals(notifications) || count <= before) {
            return;
        }
        partitions = count;
        HopPartitions.wrong(
                        options.hopTopic(),
                        homes,
                        notifications,
                        count,
                        options.topology().partitionBy())
                .ifPresentOrElse(
                        wrong -> {
                            LOG.error("Partitions were added, and this instance stops: {}.", wrong);
                            fails.run();
                        },
                        () -> LOG.warn(
                                "{} has {} partitions now, and had {}. This instance reads them all within a minute; accounts"
                                        + " stay in their {} homes. No action is needed.",
                                notifications,
                                count,
                                before,
                                homes));
    }
}
