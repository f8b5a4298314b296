package io.callweave.console.store;

/**
 * Figures of a window.
 *
 * @param key as on the topic
 * @param scope such as account or queue
 * @param scopeId such as the id of a queue
 * @param size such as PT1H
 * @param start in milliseconds since the epoch, inclusive
 * @param until exclusive
 * @param calls how many it counts
 * @param value JSON as on the topic
 */
public record StoredWindow(
        String key,
        String accountId,
        String scope,
        String scopeId,
        String size,
        long start,
        long until,
        long calls,
        byte[] value) {}
