package io.callweave.deliver.queue;

import io.callweave.deliver.RetrySchedule;
import io.callweave.record.ExcludedCalls;
import java.time.Duration;

/**
 * How the queues work.
 *
 * @param suspendAfter an endpoint that failed for so long without a success is suspended
 * @param window how many deliveries of one endpoint a task gives to be posted before it hears how they ended
 * @param excluded what is never posted
 */
public record DeliverRules(RetrySchedule schedule, Duration suspendAfter, int window, ExcludedCalls excluded) {}
