package io.callweave.local;

import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.checks.Check;
import io.callweave.notification.NotificationLimits;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.windows.WindowOptions;
import java.util.Set;

/**
 * How files are run.
 *
 * @param partitions of each topic
 * @param unread outputs that nobody reads; they stay empty, and their work is spared
 */
public record FileRunOptions(
        String topicPrefix,
        int partitions,
        NotificationLimits notifications,
        CallRules rules,
        CallTimeouts timing,
        CallLimits limits,
        WindowOptions windows,
        Set<Topic> unread) {

    public FileRunOptions {
        Check.atLeast("--partitions", 1, partitions);
        unread = Set.copyOf(unread);
    }
}
