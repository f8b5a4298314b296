package io.callweave.local;

import io.callweave.call.CallRules;
import io.callweave.topology.Limits;
import io.callweave.topology.Timing;
import io.callweave.topology.WindowOptions;

/**
 * How files are run.
 *
 * @param partitions of each topic
 */
public record FileRunOptions(
        String topicPrefix,
        int partitions,
        int maxNotificationBytes,
        CallRules rules,
        Timing timing,
        Limits limits,
        WindowOptions windows) {}
