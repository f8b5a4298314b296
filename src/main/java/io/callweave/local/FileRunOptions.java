package io.callweave.local;

import io.callweave.call.CallRules;
import io.callweave.call.Waits;

/**
 * How files are run.
 *
 * @param partitions of each topic
 */
public record FileRunOptions(
        String topicPrefix, int partitions, int maxNotificationBytes, CallRules rules, Waits waits) {}
