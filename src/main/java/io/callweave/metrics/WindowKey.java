package io.callweave.metrics;

/**
 * One window of one scope.
 *
 * @param start in milliseconds since the epoch
 */
public record WindowKey(String accountId, Scope scope, String scopeId, WindowSize size, long start) {}
