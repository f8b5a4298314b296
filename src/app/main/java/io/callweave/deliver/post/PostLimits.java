package io.callweave.deliver.post;

import java.time.Duration;

/**
 * Limits of posts.
 *
 * @param concurrency of one endpoint in one instance
 * @param timeout from the start of an attempt to the end of its answer
 * @param connectTimeout of a connection
 */
public record PostLimits(int concurrency, Duration timeout, Duration connectTimeout) {}
