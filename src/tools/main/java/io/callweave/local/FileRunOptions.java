package io.callweave.local;

import io.callweave.checks.Check;
import io.callweave.settings.InsightsDetail;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.util.Set;

/**
 * How files are run.
 *
 * @param partitions of each topic
 * @param insights how much of AI insights is taken in
 * @param unread outputs that nobody reads; they stay empty, and their work is spared
 */
public record FileRunOptions(
        String topicPrefix,
        int partitions,
        CallOptions calls,
        WindowOptions windows,
        InsightsDetail insights,
        Set<Topic> unread) {

    public FileRunOptions {
        Check.atLeast("--partitions", 1, partitions);
        unread = Set.copyOf(unread);
    }
}
