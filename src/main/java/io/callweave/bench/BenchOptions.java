package io.callweave.bench;

import java.time.Duration;

/**
 * The size of a benchmark.
 *
 * @param events notifications of the input, at least
 * @param concurrentCalls how many calls go on at a time
 */
public record BenchOptions(
        long events, int partitions, int threads, int accounts, int concurrentCalls, Duration commitInterval) {}
