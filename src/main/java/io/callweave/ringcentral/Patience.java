package io.callweave.ringcentral;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;
import java.util.Objects;

/**
 * How often and after which wait a request is sent again: with growing waits that differ at random, so that many clients do
 * not come back at the same moment, and never before RingCentral's {@code Retry-After}.
 *
 * @param first wait
 * @param longest wait, unless RingCentral asks for more
 * @param retries after the first attempt; -1 for no limit
 */
public record Patience(Duration first, Duration longest, int retries) {

    /** What RingCentral advises for servers: 2 s, doubled, five times. */
    public static final Patience OF_SERVERS = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(60), 5);

    /** For people who wait. */
    public static final Patience OF_PEOPLE = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(4), 2);

    private static final double JITTER = 0.3;

    /** What Failsafe takes for: none given. */
    private static final Duration BY_BACKOFF = Duration.ofNanos(-1);

    /**
     * Does it until it succeeds, fails for good, or too often.
     *
     * @throws RingCentralException the last failure
     */
    public <T> T insist(CheckedSupplier<T> attempt) {
        RetryPolicy<T> policy = RetryPolicy.<T>builder()
                .handleIf(Patience::passes)
                .withBackoff(first, longest)
                .withJitter(JITTER)
                .withMaxRetries(retries)
                .withDelayFnOn(context -> retryAfter(context.getLastException()), RingCentralException.class)
                .build();
        try {
            return Failsafe.with(policy).get(attempt);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new RingCentralException(
                        RingCentralException.Trouble.UNAVAILABLE, "The wait for RingCentral was interrupted.", null, e);
            }
            throw e;
        }
    }

    private static boolean passes(Throwable failure) {
        return failure instanceof RingCentralException refusal && refusal.passes();
    }

    private static Duration retryAfter(RingCentralException failure) {
        return Objects.requireNonNullElse(failure.retryAfter(), BY_BACKOFF);
    }
}
