package io.callweave.local;

import io.callweave.call.CallLimits;
import io.callweave.call.CallRules;
import io.callweave.checks.Check;
import io.callweave.notification.NotificationLimits;
import io.callweave.topology.calls.CallTimeouts;
import io.callweave.topology.windows.WindowOptions;

/**
 * How files are run.
 *
 * @param partitions of each topic
 */
public record FileRunOptions(
        String topicPrefix,
        int partitions,
        NotificationLimits notifications,
        CallRules rules,
        CallTimeouts timing,
        CallLimits limits,
        WindowOptions windows) {

    public FileRunOptions {
        Check.atLeast("--partitions", 1, partitions);
    }
}
