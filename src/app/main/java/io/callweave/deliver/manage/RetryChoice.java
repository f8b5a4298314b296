package io.callweave.deliver.manage;

import org.jspecify.annotations.Nullable;

/**
 * What to deliver again.
 *
 * @param subscription only of this one; null for all
 * @param call only of this call; null for all
 * @param since only what was given up at or after this time, in milliseconds since the epoch
 * @param until only what was given up before this time, in milliseconds since the epoch
 */
public record RetryChoice(
        @Nullable String subscription, @Nullable String call, long since, long until) {

    boolean includes(Undelivered each) {
        return each.time() >= since && each.time() < until && (call == null || each.isOf(call));
    }
}
